using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class ReplacedViewTests(PostgresFixture postgres)
{
    private static readonly (string, string)[] Project =
    [
        ("models/base.sql", "select 1 as v"),
        ("models/top.sql", "select v, v + 1 as w from {{ ref('base') }}"),
    ];

    [Fact]
    public async Task A_view_with_the_same_first_columns_stays_the_object_that_it_is()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        var before = await OidsAsync(shop);
        await shop.ExecuteAsync(
            """
            create schema bi;
            create materialized view bi.totals as select sum(w) as total from gold.top;
            create function gold.note() returns trigger language plpgsql as 'begin return new; end';
            create trigger note instead of insert on gold.top for each row execute function gold.note();
            comment on view gold.top is 'mine';
            """
        );

        shop.Write(
            ("models/base.sql", "select 7 as v"),
            ("models/top.sql", "select v, v * 2 as w, 'new' as more from {{ ref('base') }}")
        );
        await shop.PublishAsync();

        Assert.Equal(before, await OidsAsync(shop));
        Assert.Equal(["7,14,new"], await shop.QueryAsync("select v || ',' || w || ',' || more from gold.top"));
        Assert.Equal(["2"], await shop.QueryAsync("select total::text from bi.totals"));
        Assert.Equal(["note"], await shop.QueryAsync("select tgname::text from pg_trigger where not tgisinternal"));
        Assert.Equal(["mine"], await shop.QueryAsync("select obj_description('gold.top'::regclass, 'pg_class')"));
    }

    [Fact]
    public async Task A_view_with_other_columns_is_made_anew_with_what_reads_it()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync("create schema bi; create view bi.report as select v from gold.top");

        shop.Write(("models/top.sql", "select 'x'::text as first, v from {{ ref('base') }}"));
        await shop.PublishAsync();

        Assert.Equal(["first", "v"], await ColumnsAsync(shop));
        Assert.Equal(["1"], await shop.QueryAsync("select v::text from bi.report"));
    }

    [Fact]
    public async Task What_cannot_follow_a_view_with_other_columns_is_named_and_nothing_changes()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            "create function public.peek() returns setof gold.top language sql as 'select * from gold.top'"
        );

        shop.Write(
            ("models/base.sql", "select 5 as v"),
            ("models/top.sql", "select v::text as v, v + 1 as w from {{ ref('base') }}")
        );

        Assert.False(await shop.TryPublishAsync());
        Assert.Contains("function peek()", Assert.Single(shop.Observer.Errors));
        Assert.Equal(["1"], await shop.QueryAsync("select v::text from gold.base"));
        Assert.Equal(["integer"], await shop.QueryAsync("select pg_typeof(v)::text from gold.top"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task A_view_that_reads_a_table_which_is_replaced_follows_it()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        shop.Write(("models/base.sql", "{{ config(materialized='table') }} select 1 as v"));
        await shop.PublishAsync();
        await shop.ExecuteAsync("create schema bi; create view bi.report as select w from gold.top");

        shop.Write(("models/base.sql", "{{ config(materialized='table') }} select 20 as v"));
        await shop.PublishAsync();

        Assert.Equal(["21"], await shop.QueryAsync("select w::text from bi.report"));
    }

    [Fact]
    public async Task Views_that_change_places_are_replaced()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        var before = await OidsAsync(shop);

        shop.Write(("models/base.sql", "select v from {{ ref('top') }}"), ("models/top.sql", "select 3 as v, 4 as w"));
        await shop.PublishAsync();

        Assert.Equal(before, await OidsAsync(shop));
        Assert.Equal(["3"], await shop.QueryAsync("select v::text from gold.base"));
    }

    private static Task<IReadOnlyList<string>> OidsAsync(Workshop shop) =>
        shop.QueryAsync("select 'gold.base'::regclass::oid::text || ' ' || 'gold.top'::regclass::oid::text");

    private static Task<IReadOnlyList<string>> ColumnsAsync(Workshop shop) =>
        shop.QueryAsync(
            "select attname::text from pg_attribute where attrelid = 'gold.top'::regclass and attnum > 0 order by attnum"
        );
}
