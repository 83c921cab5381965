using Analytics.Deployment.Applying.CuttingOver;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Applying;

public sealed class CutOverTests(PostgresFixture postgres)
{
    private static readonly (string, string)[] Project =
    [
        ("models/base.sql", "{{ config(materialized='table') }} select 1 as v"),
        ("models/gold.sql", "{{ config(materialized='table') }} select v, 'first' as label from {{ ref('base') }}"),
        ("models/top.sql", "select v, label from {{ ref('gold') }}"),
        ("tests/positive.sql", "select * from {{ ref('gold') }} where v < 0"),
    ];

    [Fact]
    public async Task A_reader_that_polls_sees_the_old_or_the_new_state_and_never_an_error()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            "create schema bi; create view bi.report as select t.v as tv, b.v as bv from gold.top t, gold.base b"
        );
        using var stop = new CancellationTokenSource();
        var readers = new[]
        {
            "select v || ',' || v from gold.top",
            "select tv || ',' || bv from bi.report",
            "select g.v || ',' || b.v from gold.gold g, gold.base b",
        }
            .Select(query => PollAsync(shop, query, stop.Token))
            .ToArray();

        for (var version = 2; version <= 6; version++)
        {
            shop.Write(("models/base.sql", "{{ config(materialized='table') }} select " + version + " as v"));
            await shop.PublishAsync();
        }

        await stop.CancelAsync();
        foreach (var seen in await Task.WhenAll(readers))
        {
            Assert.All(seen, row => Assert.Equal(row.Split(',')[0], row.Split(',')[1]));
            Assert.Contains("6,6", seen);
        }
    }

    [Fact]
    public async Task A_red_test_leaves_everything_as_it_was_to_a_reader_that_polls()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        using var stop = new CancellationTokenSource();
        var reader = PollAsync(shop, "select v || label from gold.top", stop.Token);
        shop.Write(("models/base.sql", "{{ config(materialized='table') }} select -3 as v union all select -4"));

        Assert.False(await shop.TryPublishAsync());

        await stop.CancelAsync();
        Assert.Equal(["1first"], (await reader).Distinct());
        Assert.Contains(
            "'positive' found 2 failing rows: (v=-3, label=first), (v=-4, label=first)",
            Assert.Single(shop.Observer.Errors)
        );
        Assert.Equal("Skipped", shop.Observer.StatusOf("gold.top"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task Views_of_others_survive_with_their_options_owner_privileges_and_comments()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            """
            create schema bi;
            create view bi.a with (security_barrier = true) as select v, label from gold.gold where v > 0;
            create view bi.b as select a.v, t.label from bi.a join gold.top t using (v);
            comment on view bi.a is 'it''s a';
            comment on column bi.a.v is 'the v';
            grant select on bi.b to public;
            grant select (v) on bi.a to pg_monitor with grant option;
            """
        );
        shop.Write(("models/base.sql", "{{ config(materialized='table') }} select 2 as v"));

        await shop.PublishAsync();

        Assert.Equal(["2|first"], await shop.QueryAsync("select * from bi.b"));
        Assert.Equal(
            ["security_barrier=true|it's a|the v"],
            await shop.QueryAsync(
                "select reloptions[1], obj_description(oid, 'pg_class'), col_description(oid, 1) from pg_class where oid = 'bi.a'::regclass"
            )
        );
        Assert.Equal(
            ["True"],
            await shop.QueryAsync("select '=r/dbt'::aclitem = any (relacl) from pg_class where oid = 'bi.b'::regclass")
        );
        Assert.Equal(
            ["{pg_monitor=r*/dbt}"],
            await shop.QueryAsync(
                "select attacl::text from pg_attribute where attrelid = 'bi.a'::regclass and attname = 'v'"
            )
        );
    }

    [Fact]
    public async Task A_view_of_others_may_stand_between_two_models()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/base.sql", "{{ config(materialized='table') }} select 1 as v")
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync("create schema bi; create view bi.middle as select v * 10 as v from gold.base");
        shop.Write(
            ("models/sources.yml", "sources: [{name: bi, tables: [{name: middle}]}]"),
            ("models/above.sql", "select v + 1 as v from {{ source('bi', 'middle') }}")
        );
        await shop.PublishAsync();
        shop.Write(("models/base.sql", "{{ config(materialized='table') }} select 5 as v"));

        await shop.PublishAsync();

        Assert.Equal(["51"], await shop.QueryAsync("select v from gold.above"));
    }

    [Fact]
    public async Task A_view_of_others_that_no_longer_fits_rolls_everything_back()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync("create schema bi; create view bi.labels as select label from gold.gold");
        shop.Write(
            ("models/gold.sql", "{{ config(materialized='table') }} select v, 'x' as other from {{ ref('base') }}"),
            ("models/top.sql", "select v from {{ ref('gold') }}")
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("ASQL6007", Assert.Single(shop.Observer.Errors));
        Assert.Contains("view bi.labels cannot be created again", Assert.Single(shop.Observer.Errors));
        Assert.Equal(["first"], await shop.QueryAsync("select label from bi.labels"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Theory]
    [InlineData(
        "alter table gold.gold add primary key (v); create table bi.f (v int references gold.gold)",
        "constraint f_v_fkey on table bi.f"
    )]
    [InlineData("create rule r as on insert to gold.gold do instead nothing", "rule r on table gold.gold")]
    [InlineData("create policy p on gold.gold using (v > 0)", "policy p on table gold.gold")]
    [InlineData("create function bi.f() returns bigint return (select count(*) from gold.gold)", "function bi.f()")]
    [InlineData("create table bi.rows (r gold.gold)", "column r of table bi.rows")]
    [InlineData("create table bi.child () inherits (gold.gold)", "table bi.child")]
    [InlineData(
        "create function bi.g() returns trigger language plpgsql as 'begin return new; end'; create trigger t before insert on gold.gold for each row execute function bi.g()",
        "trigger t on table gold.gold"
    )]
    public async Task What_cannot_be_carried_over_stops_the_publish_before_it_begins(string sql, string named)
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync("create schema bi; " + sql);

        Assert.False(await shop.TryPublishAsync());

        var error = Assert.Single(shop.Observer.Errors);
        Assert.Contains("ASQL6005", error);
        Assert.Contains(named, error);
        Assert.Empty(shop.Observer.Results);
    }

    [Fact]
    public async Task What_comes_to_depend_while_the_publish_runs_is_seen_before_anything_is_replaced()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync("create schema bi");
        var observer = new RecordingObserver();
        var created = false;
        observer.OnStarted = _ =>
        {
            if (!created)
            {
                created = true;
                shop.ExecuteAsync(
                        "create view bi.late as select v from gold.gold; create function bi.f() returns bigint return (select max(v) from bi.late)"
                    )
                    .GetAwaiter()
                    .GetResult();
            }
        };

        Assert.False(await shop.TryPublishAsync(observer: observer));

        Assert.Contains("function bi.f()", Assert.Single(observer.Errors));
        Assert.Equal(["1"], await shop.QueryAsync("select bi.f()::text"));
    }

    [Fact]
    public async Task Privileges_and_comments_of_replaced_relations_survive_and_defaults_apply_to_new_ones()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.ExecuteAsync(
            "create schema gold; alter default privileges in schema gold grant select on tables to pg_read_all_data"
        );
        await shop.PublishAsync();
        Assert.Equal(
            ["True"],
            await shop.QueryAsync(
                "select relacl::text like '%pg_read_all_data=r/dbt%' from pg_class where oid = 'gold.gold'::regclass"
            )
        );
        await shop.ExecuteAsync(
            """
            revoke select on gold.gold from pg_read_all_data;
            grant select, insert on gold.gold to pg_monitor;
            grant select (v) on gold.gold to public;
            comment on table gold.gold is 'the gold';
            comment on column gold.gold.v is 'the v';
            grant select on gold.top to pg_monitor;
            comment on view gold.top is 'the top';
            """
        );
        const string State = """
            select c.relname, array(select unnest(c.relacl)::text order by 1)::text, a.attacl::text, obj_description(c.oid, 'pg_class'), col_description(c.oid, 1)
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
            where c.relnamespace = 'gold'::regnamespace order by 1
            """;
        var before = await shop.QueryAsync(State);

        await shop.PublishAsync();

        Assert.Equal(before, await shop.QueryAsync(State));
    }

    [Fact]
    public async Task Replaced_relations_keep_their_owner()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        var role = "keeper_" + shop.Database.Name;
        await shop.AsSuperUserAsync(
            $"create role {role}; grant {role} to dbt; grant create, usage on schema gold to {role}; grant select on gold.gold to {role}"
        );
        try
        {
            await shop.ExecuteAsync(
                $"alter table gold.gold owner to {role}; alter view gold.top owner to {role}; grant select on gold.top to pg_monitor"
            );
            const string State = """
                select relname, relowner::regrole::text, array(select unnest(coalesce(relacl, acldefault('r', relowner)))::text order by 1)::text
                from pg_class where relnamespace = 'gold'::regnamespace order by 1
                """;
            var before = await shop.QueryAsync(State);
            shop.Write(("models/base.sql", "{{ config(materialized='table') }} select 2 as v"));

            await shop.PublishAsync();

            Assert.Equal(before, await shop.QueryAsync(State));
            Assert.Equal(["2"], await shop.QueryAsync("select v from gold.top"));
        }
        finally
        {
            await shop.AsSuperUserAsync($"reassign owned by {role} to dbt; drop owned by {role}; drop role {role}");
        }
    }

    [Fact]
    public async Task A_materialized_view_gives_way_to_a_table_or_a_view_with_what_reads_it()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.ExecuteAsync(
            """
            create schema gold; create schema bi;
            create table gold.base as select 0 as v;
            create materialized view gold.gold as select v, 'old' as label from gold.base;
            create view bi.of_gold as select v from gold.gold;
            create materialized view gold.top as select v, 'old' as label from bi.of_gold;
            grant select on gold.top to pg_monitor;
            """
        );

        await shop.PublishAsync();

        Assert.Equal(["1|1"], await shop.QueryAsync("select t.v, g.v from gold.top t, bi.of_gold g"));
        Assert.Equal(
            ["base=r", "gold=r", "top=v"],
            await shop.QueryAsync(
                "select relname || '=' || relkind::text from pg_class where relnamespace = 'gold'::regnamespace order by 1"
            )
        );
        Assert.Equal(["True"], await shop.QueryAsync("select has_table_privilege('pg_monitor', 'gold.top', 'select')"));
    }

    [Fact]
    public async Task A_red_first_publish_leaves_no_schema_behind()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        shop.Write(("models/base.sql", "{{ config(materialized='table') }} select -1 as v"));

        Assert.False(await shop.TryPublishAsync());

        Assert.Empty(await shop.QueryAsync("select nspname from pg_namespace where nspname like 'gold%'"));
    }

    [Fact]
    public async Task A_schema_in_which_somebody_made_something_meanwhile_stays()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        shop.Write(("models/base.sql", "{{ config(materialized='table') }} select -1 as v"));
        var made = false;
        var observer = new RecordingObserver
        {
            OnStarted = _ =>
            {
                if (!made)
                {
                    made = true;
                    shop.ExecuteAsync("create table gold.theirs as select 1 as v").GetAwaiter().GetResult();
                }
            },
        };

        Assert.False(await shop.TryPublishAsync(observer: observer));

        Assert.Equal(["1"], await shop.QueryAsync("select v from gold.theirs"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task A_reader_with_a_long_transaction_is_waited_for_and_never_disturbed()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await using var reader = new NpgsqlConnection(shop.Database.ConnectionString);
        await reader.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await reader.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var first = new NpgsqlCommand("select v from gold.base", reader);
        await first.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        var waits = 0;
        var observer = new RecordingObserver();
        observer.OnProgress = line =>
        {
            if (line.StartsWith("waiting to cut over", StringComparison.Ordinal) && waits++ == 0)
            {
                // The other relation of a deadlock: the cut-over must let go of it.
                using var second = new NpgsqlCommand("select v from gold.top", reader);
                Assert.Equal(1, second.ExecuteScalar());
                transaction.Commit();
            }
        };
        shop.Write(("models/base.sql", "{{ config(materialized='table') }} select 2 as v"));

        Assert.True(await shop.TryPublishAsync(observer: observer), string.Join("\n", observer.Diagnostics));

        Assert.Equal(1, waits);
        Assert.Contains(observer.Messages, line => line.Contains("holds gold.base", StringComparison.Ordinal));
        Assert.Equal(["2"], await shop.QueryAsync("select v from gold.top"));
    }

    [Fact]
    public async Task A_reader_that_never_lets_go_ends_the_patience_and_nothing_changes()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        shop.CutOver = new CutOverOptions(
            TimeSpan.FromMilliseconds(50),
            TimeSpan.FromSeconds(3),
            TimeSpan.FromMilliseconds(10),
            TimeSpan.Zero
        );
        await using var reader = new NpgsqlConnection(shop.Database.ConnectionString);
        await reader.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await reader.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var first = new NpgsqlCommand("select v from gold.base", reader);
        await first.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        shop.Write(("models/base.sql", "{{ config(materialized='table') }} select 2 as v"));

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("ASQL6007", Assert.Single(shop.Observer.Errors));
        Assert.Equal(["1"], await shop.QueryAsync("select v from gold.top"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_cut_over_leaves_the_old_relations_and_the_next_publish_succeeds()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await using var reader = new NpgsqlConnection(shop.Database.ConnectionString);
        await reader.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await reader.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var first = new NpgsqlCommand("select v from gold.base", reader);
        await first.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        var observer = new RecordingObserver();
        observer.OnProgress = line =>
        {
            if (line.StartsWith("waiting to cut over", StringComparison.Ordinal))
            {
                using var kill = new NpgsqlCommand(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'analytics-sdk shop dev' and datname = current_database()",
                    reader
                );
                kill.ExecuteNonQuery();
            }
        };
        shop.Write(("models/base.sql", "{{ config(materialized='table') }} select 2 as v"));

        Assert.False(await shop.TryPublishAsync(observer: observer));

        Assert.Contains("ASQL6007", Assert.Single(observer.Errors));
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["1"], await shop.QueryAsync("select v from gold.top"));
        await shop.PublishAsync();
        Assert.Equal(["2"], await shop.QueryAsync("select v from gold.top"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task Models_that_are_not_selected_survive_as_they_are()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        shop.Write(("models/base.sql", "{{ config(materialized='table') }} select 7 as v"));

        await shop.PublishAsync("base");
        Assert.Equal(["7|1"], await shop.QueryAsync("select b.v, t.v from gold.base b, gold.top t"));

        await shop.PublishAsync("gold");
        Assert.Equal(["7"], await shop.QueryAsync("select v from gold.top"));
    }

    private static async Task<List<string>> PollAsync(Workshop shop, string query, CancellationToken stop)
    {
        var seen = new List<string>();
        await using var connection = new NpgsqlConnection(shop.Database.ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        do
        {
            await using var command = new NpgsqlCommand(query, connection);
            seen.Add((string)(await command.ExecuteScalarAsync(CancellationToken.None))!);
            await Task.Delay(2, CancellationToken.None);
        } while (!stop.IsCancellationRequested);

        await using (var last = new NpgsqlCommand(query, connection))
        {
            seen.Add((string)(await last.ExecuteScalarAsync(CancellationToken.None))!);
        }

        return seen;
    }
}
