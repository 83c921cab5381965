using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class CarriedStateTests(PostgresFixture postgres)
{
    private static readonly (string, string)[] Project =
    [
        ("models/gold.sql", "{{ config(materialized='table') }} select 1 as v, 'a' as label"),
        ("models/shown.sql", "select v, label from {{ ref('gold') }}"),
    ];

    private static readonly (string, string) Second = (
        "models/gold.sql",
        "{{ config(materialized='table') }} select 2 as v, 'b' as label"
    );

    [Fact]
    public async Task Materialized_views_of_others_are_made_again_with_all_they_had()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.AsSuperUserAsync("create role mat_reader");
        try
        {
            await shop.ExecuteAsync(
                """
                create schema bi;
                create materialized view bi.m with (fillfactor = 70) as select v, label from gold.shown;
                create unique index m_key on bi.m (v);
                create index m_lower on bi.m (lower(label)) where v > 0;
                comment on materialized view bi.m is 'theirs';
                comment on column bi.m.v is 'the value';
                grant select on bi.m to mat_reader;
                alter materialized view bi.m alter column label set statistics 7;
                create view bi.on_m as select v from bi.m;
                create materialized view bi.top as select v from bi.on_m;
                create materialized view bi.empty as select v from gold.gold with no data;
                """
            );

            shop.Write(Second);
            await shop.PublishAsync();

            Assert.Equal(["2 b"], await shop.QueryAsync("select v || ' ' || label from bi.m"));
            Assert.Equal(["2"], await shop.QueryAsync("select v::text from bi.top"));
            Assert.Equal(
                ["empty f", "m t", "top t"],
                await shop.QueryAsync(
                    "select relname || ' ' || relispopulated::text::char from pg_class where relkind = 'm' order by 1"
                )
            );
            Assert.Equal(
                [
                    "CREATE UNIQUE INDEX m_key ON bi.m USING btree (v)",
                    "CREATE INDEX m_lower ON bi.m USING btree (lower(label)) WHERE (v > 0)",
                ],
                await shop.QueryAsync("select indexdef from pg_indexes where tablename = 'm' order by indexname")
            );
            Assert.Equal(
                ["theirs|the value|{fillfactor=70}|7|true"],
                await shop.QueryAsync(
                    """
                    select concat_ws('|', obj_description(c.oid, 'pg_class'), col_description(c.oid, 1), c.reloptions::text,
                      (select attstattarget from pg_attribute where attrelid = c.oid and attname = 'label'),
                      has_table_privilege('mat_reader', c.oid, 'select')::text)
                    from pg_class c where oid = 'bi.m'::regclass
                    """
                )
            );
        }
        finally
        {
            await shop.AsSuperUserAsync("drop owned by mat_reader; drop role mat_reader");
        }
    }

    [Fact]
    public async Task Row_level_security_stays_on()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            "alter table gold.gold enable row level security; alter table gold.gold force row level security"
        );

        shop.Write(Second);
        await shop.PublishAsync();

        Assert.Equal(
            ["true true"],
            await shop.QueryAsync(
                "select relrowsecurity || ' ' || relforcerowsecurity from pg_class where oid = 'gold.gold'::regclass"
            )
        );
        Assert.Empty(await shop.QueryAsync("select label from gold.gold"));
        await shop.ExecuteAsync("alter table gold.gold no force row level security");
        Assert.Equal(["b"], await shop.QueryAsync("select label from gold.gold"));
    }

    [Fact]
    public async Task A_materialized_view_that_no_longer_fits_rolls_everything_back_and_is_named()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync("create schema bi; create materialized view bi.m as select label from gold.gold");
        shop.Write(
            ("models/gold.sql", "{{ config(materialized='table') }} select 2 as v"),
            ("models/shown.sql", "select v from {{ ref('gold') }}")
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("bi.m", Assert.Single(shop.Observer.Errors));
        Assert.Equal(["a"], await shop.QueryAsync("select label from bi.m"));
        Assert.Equal(["1"], await shop.QueryAsync("select v::text from gold.gold"));
    }

    [Fact]
    public async Task A_materialized_view_of_the_project_that_is_not_selected_is_made_again()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            [
                .. Project,
                ("models/kept.sql", "{{ config(materialized='materialized_view') }} select v from {{ ref('gold') }}"),
            ]
        );
        await shop.PublishAsync();

        shop.Write(Second);
        await shop.PublishAsync("gold");

        Assert.Equal(["2"], await shop.QueryAsync("select v::text from gold.kept"));
    }

    [Fact]
    public async Task What_somebody_set_for_the_planner_vacuum_or_replication_stays_with_a_replaced_table()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            """
            alter table gold.gold alter column label set statistics 321;
            alter table gold.gold set (autovacuum_enabled = false, fillfactor = 80);
            alter table gold.gold replica identity full;
            create statistics gold.together (dependencies) on v, label from gold.gold;
            alter view gold.shown set (security_barrier = true);
            """
        );

        shop.Write(Second);
        await shop.PublishAsync();

        Assert.Equal(
            ["321|{autovacuum_enabled=false,fillfactor=80}|f"],
            await shop.QueryAsync(
                """
                select concat_ws('|', a.attstattarget, c.reloptions::text, c.relreplident)
                from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'label'
                where c.oid = 'gold.gold'::regclass
                """
            )
        );
        Assert.Equal(
            ["CREATE STATISTICS gold.together (dependencies) ON v, label FROM gold.gold"],
            await shop.QueryAsync("select pg_get_statisticsobjdef(oid) from pg_statistic_ext")
        );
        Assert.Equal(
            ["{security_barrier=true}"],
            await shop.QueryAsync("select reloptions::text from pg_class where oid = 'gold.shown'::regclass")
        );

        // Statistics on a column that is gone are gone with it.
        shop.Write(
            ("models/gold.sql", "{{ config(materialized='table') }} select 3 as v"),
            ("models/shown.sql", "select v from {{ ref('gold') }}")
        );
        await shop.PublishAsync();
        Assert.Equal(["0"], await shop.QueryAsync("select count(*)::text from pg_statistic_ext"));
    }

    [Fact]
    public async Task Options_of_a_view_that_is_replaced_in_place_stay()
    {
        await using var shop = await Workshop.OpenAsync(postgres, ("models/shown.sql", "select 1 as v"));
        await shop.PublishAsync();
        await shop.ExecuteAsync("alter view gold.shown set (security_barrier = true)");

        shop.Write(("models/shown.sql", "select 2 as v"));
        await shop.PublishAsync();

        Assert.Equal(
            ["{security_barrier=true}"],
            await shop.QueryAsync("select reloptions::text from pg_class where oid = 'gold.shown'::regclass")
        );
    }
}
