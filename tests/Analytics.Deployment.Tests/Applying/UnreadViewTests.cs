using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class UnreadViewTests(PostgresFixture postgres)
{
    private static readonly (string, string)[] Project =
    [
        ("models/base.sql", "{{ config(materialized='table') }} select 1 as v"),
        ("models/tested.sql", "select v from {{ ref('base') }}"),
        ("models/middle.sql", "select v from {{ ref('tested') }}"),
        ("models/leaf.sql", "select v from {{ ref('middle') }}"),
        ("models/asks.sql", "select {{ run_query('select 41 + 1').rows[0][0] if execute else 0 }} as v"),
        ("models/hooked.sql", "{{ config(post_hook='select 1') }} select v from {{ ref('base') }}"),
        ("tests/positive.sql", "select * from {{ ref('tested') }} where v < 0"),
    ];

    [Fact]
    public async Task Only_views_that_something_reads_before_the_cut_over_are_built_beside_the_live_ones()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.AsSuperUserAsync(
            """
            create table public.made (name text);
            grant all on public.made to public;
            create function public.note() returns event_trigger language plpgsql as
              'begin insert into public.made select object_identity from pg_event_trigger_ddl_commands(); end';
            create event trigger note on ddl_command_end when tag in ('CREATE VIEW') execute function public.note();
            """
        );

        await shop.PublishAsync();

        Assert.Equal(
            ["gold.asks", "gold.hooked", "gold.leaf", "gold.middle", "gold.tested"],
            await shop.QueryAsync("select name from public.made where name like 'gold.%' order by 1")
        );
        Assert.Equal(
            ["gold__next.asks", "gold__next.hooked", "gold__next.tested"],
            await shop.QueryAsync("select name from public.made where name like 'gold\\_\\_next.%' order by 1")
        );
        Assert.Equal(["1"], await shop.QueryAsync("select v::text from gold.leaf"));
        Assert.Equal(["42"], await shop.QueryAsync("select v::text from gold.asks"));
    }

    [Fact]
    public async Task Each_wrong_view_is_told_by_itself_where_its_author_wrote_it()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();

        shop.Write(
            ("models/leaf.sql", "select v,\n  nowhere from {{ ref('middle') }}"),
            ("models/second.sql", "select v / 'x' as w from {{ ref('tested') }}"),
            ("models/third.sql", "select w from {{ ref('second') }}"),
            ("models/middle.sql", "select v, 2 as changed from {{ ref('tested') }}")
        );

        Assert.False(await shop.TryPublishAsync());
        Assert.Equal(
            ["models/leaf.sql(2,3)", "models/second.sql(1,12)"],
            shop.Observer.Diagnostics.Select(found =>
                    $"{found.Span!.Value.File.Path}({found.Span.Value.StartPosition.Line},{found.Span.Value.StartPosition.Column})"
                )
                .Order()
        );
        string Last(string name) => shop.Observer.Results.Last(result => result.Name == name).Status.ToString();
        Assert.Equal("Error", Last("gold.leaf"));
        Assert.Equal("Error", Last("gold.second"));
        Assert.Equal("Skipped", Last("gold.third"));
        Assert.Equal(["1"], await shop.QueryAsync("select v::text from gold.leaf"));
        Assert.Equal(
            ["v"],
            await shop.QueryAsync(
                "select attname::text from pg_attribute where attrelid = 'gold.middle'::regclass and attnum > 0"
            )
        );
        Assert.Empty(await shop.StagingSchemasAsync());
    }
}
