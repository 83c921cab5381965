using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class GrantTests(PostgresFixture postgres)
{
    private const string State = """
        select coalesce(nullif(a.grantee, 0)::regrole::text, 'public') || ' ' || a.privilege_type
        from pg_class c cross join aclexplode(c.relacl) a
        where c.oid = 'gold.a'::regclass and a.grantee <> c.relowner order by 1
        """;

    [Theory]
    [InlineData("models/a.sql", "{{ config(materialized='table', grants=GRANTS) }} select 1 as v")]
    [InlineData("models/a.sql", "{{ config(materialized='view', grants=GRANTS) }} select 1 as v")]
    [InlineData("models/a.sql", "{{ config(materialized='incremental', grants=GRANTS) }} select 1 as v")]
    [InlineData(
        "snapshots/a.sql",
        "{% snapshot a %}{{ config(unique_key='v', strategy='check', check_cols='all', grants=GRANTS) }} select 1 as v{% endsnapshot %}"
    )]
    public async Task Privileges_become_what_the_config_says(string path, string text)
    {
        await using var shop = await Workshop.OpenAsync(postgres);
        Workshop With(string grants) => shop.Write((path, text.Replace("GRANTS", grants, StringComparison.Ordinal)));

        await With("{'select': ['PG_MONITOR', 'public'], 'insert': 'pg_read_all_data'}").PublishAsync();
        Assert.Equal(["pg_monitor SELECT", "pg_read_all_data INSERT", "public SELECT"], await shop.QueryAsync(State));

        await shop.ExecuteAsync("grant update on gold.a to pg_monitor");
        await With("{'select': ['\"pg_read_all_data\"'], 'insert': []}").PublishAsync();
        Assert.Equal(["pg_read_all_data SELECT"], await shop.QueryAsync(State));

        await shop.ExecuteAsync("grant update on gold.a to pg_monitor");
        await With("{}").PublishAsync();
        Assert.Equal(["pg_monitor UPDATE", "pg_read_all_data SELECT"], await shop.QueryAsync(State));
    }

    [Fact]
    public async Task Grants_of_levels_are_put_together_and_defaults_of_the_schema_stay()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("dbt_project.yml", "name: shop\nmodels: {+grants: {select: [pg_monitor]}}\n"),
            (
                "models/a.sql",
                "{{ config(materialized='table', grants={'+select': ['pg_read_all_data']}) }} select 1 as v"
            )
        );
        await shop.ExecuteAsync(
            "create schema gold; alter default privileges in schema gold grant insert on tables to pg_monitor"
        );

        await shop.PublishAsync();
        await shop.PublishAsync();

        Assert.Equal(
            ["pg_monitor INSERT", "pg_monitor SELECT", "pg_read_all_data SELECT"],
            await shop.QueryAsync(State)
        );
    }

    [Fact]
    public async Task A_role_that_is_not_there_rolls_everything_back()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(grants={'select': ['no-such role']}) }} select 1 as v")
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("role \"no-such role\" does not exist", Assert.Single(shop.Observer.Errors));
        Assert.Empty(await shop.QueryAsync("select nspname from pg_namespace where nspname like 'gold%'"));
    }

    [Fact]
    public async Task Descriptions_follow_the_project_where_they_are_to_persist()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='incremental') }} select 1 as x, 2 as y, 3 as z"),
            ("models/b.sql", "select 1 as x, 2 as y, 3 as z"),
            ("dbt_project.yml", "name: shop\nmodels: {+persist_docs: {relation: true, columns: true}}\n")
        );
        void Describe(string text, string column) =>
            shop.Write(
                (
                    "models/_m.yml",
                    string.Concat(
                        "models:\n",
                        string.Concat(
                            new[] { "a", "b" }.Select(name =>
                                $"  - {{name: {name}, description: '{text}', columns: [{{name: x, description: '{column}'}}, {{name: y}}]}}\n"
                            )
                        )
                    )
                )
            );
        const string Comments =
            "select c.relname, obj_description(c.oid, 'pg_class'), col_description(c.oid, 1), col_description(c.oid, 2), col_description(c.oid, 3) from pg_class c where relnamespace = 'gold'::regnamespace order by 1";
        Describe("one", "first");
        await shop.PublishAsync();
        Assert.Equal(["a|one|first||", "b|one|first||"], await shop.QueryAsync(Comments));
        await shop.ExecuteAsync("comment on column gold.a.y is 'mine'; comment on column gold.a.z is 'mine'");

        Describe("it''s two", "");
        await shop.PublishAsync();

        Assert.Equal(["a|it's two|||mine", "b|it's two|||"], await shop.QueryAsync(Comments));
    }

    [Fact]
    public async Task The_header_of_a_model_runs_before_it_in_its_transaction()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "models/a.sql",
                """
                {{ config(materialized='table') }}
                {% call set_sql_header(config) %}set local work_mem = '{{ var('mem', '66MB') }}';{% endcall %}
                select current_setting('work_mem') as mem
                """
            ),
            (
                "models/b.sql",
                "{{ config(materialized='table', sql_header=\"create function pg_temp.two() returns int language sql as 'select 2'\") }} select pg_temp.two() as v"
            )
        );

        await shop.PublishAsync();

        Assert.Equal(["66MB|2"], await shop.QueryAsync("select a.mem, b.v from gold.a, gold.b"));
    }

    [Fact]
    public async Task The_same_index_twice_is_made_once_and_a_first_snapshot_may_be_unlogged()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "snapshots/a.sql",
                "{% snapshot a %}{{ config(unique_key='v', strategy='check', check_cols='all', unlogged=true, indexes=[{'columns': ['v']}, {'columns': 'v'}]) }} select 1 as v{% endsnapshot %}"
            )
        );

        await shop.PublishAsync();

        Assert.Equal(
            ["u|1"],
            await shop.QueryAsync(
                "select relpersistence, (select count(*) from pg_index where indrelid = c.oid) from pg_class c where oid = 'gold.a'::regclass"
            )
        );
    }
}
