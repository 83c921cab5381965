using Analytics.Deployment.Showing;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Showing;

public sealed class RowPreviewTests(PostgresFixture postgres)
{
    private static readonly (string, string)[] Project =
    [
        ("seeds/colours.csv", "id,name\n1,red\n2,green\n"),
        ("models/base.sql", "{{ config(materialized='table') }} select * from generate_series(1, 9) as g (n)"),
        ("models/even.sql", "{{ config(materialized='ephemeral') }} select n from {{ ref('base') }} where n % 2 = 0"),
        (
            "models/top.sql",
            "select n, n * 1.5 as half, null::text as nothing from {{ ref('even') }} order by n desc limit 3"
        ),
        ("analyses/look.sql", "select count(*) as rows from {{ ref('base') }}"),
        ("tests/no_eights.sql", "{{ config(severity='warn') }} select n from {{ ref('base') }} where n = 8"),
        (
            "models/grown.sql",
            "{{ config(materialized='incremental') }} select 1 as n {% if is_incremental() %} where false {% endif %}"
        ),
        (
            "snapshots/kept.yml",
            "snapshots:\n  - name: kept\n    relation: ref('base')\n    config: {unique_key: n, strategy: check, check_cols: all}\n"
        ),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_of_every_kind_are_shown_as_they_would_be_now()
    {
        await using var shop = await Storefront.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync("update dev.colours set name = 'blue' where id = 2");

        var tables = await ShowAsync(shop, "colours even top look no_eights kept grown", 2);

        Assert.Equal(
            [
                "colours: 1|red 2|blue",
                "even: 2 4",
                "grown:",
                "kept: 1 2",
                "look: 9",
                "no_eights: 8",
                "top: 8|12|null 6|9|null",
            ],
            tables.Select(Brief).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_query_of_its_own_may_refer_to_everything_and_changes_nothing()
    {
        await using var shop = await Storefront.OpenAsync(postgres, Project);
        await shop.PublishAsync();

        var table = Assert.Single(
            await ShowAsync(
                shop,
                "",
                null,
                "{% set most = run_query('select max(n) from ' ~ ref('base')).rows[0][0] %}select {{ most }} as most, count(*) as evens from {{ ref('even') }}"
            )
        );

        Assert.Equal("9|4", string.Join('|', table.Rows[0].Select(TextTable.Text)));
        Assert.Null(table.Name);
        await ShowAsync(
            shop,
            "",
            null,
            "select set_config('search_path', 'x', false), nextval('public.s')",
            fails: true
        );
        await shop.ExecuteAsync(
            "create function public.put() returns int language sql as 'insert into dev.base values (99) returning n'"
        );
        Assert.Equal("99", TextTable.Text((await ShowAsync(shop, "", null, "select public.put() as n"))[0].Rows[0][0]));
        Assert.Equal(["0"], await shop.QueryAsync("select count(*) from dev.base where n = 99"));
    }

    [Fact]
    public async Task What_the_server_refuses_is_reported_where_it_was_written()
    {
        await using var shop = await Storefront.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        shop.Write(("models/top.sql", "select n,\n  missing\nfrom {{ ref('base') }}"));

        await ShowAsync(shop, "top", 5, fails: true);
        Assert.Equal(
            "models/top.sql(2,3,2,10): error ASQL6032: 'top' cannot be shown: column \"missing\" does not exist (SQLSTATE 42703)",
            Assert.Single(shop.Observer.Diagnostics).ToString()
        );

        await ShowAsync(shop, "", 5, "select\n {{ ref('bse') }}", fails: true);
        Assert.Equal("ASQL3001", Assert.Single(shop.Observer.Diagnostics).Id);
        Assert.StartsWith("Inline(2,9,2,14)", shop.Observer.Diagnostics[0].ToString());
    }

    [Fact]
    public async Task What_the_build_has_warned_of_is_not_told_again()
    {
        await using var shop = await Storefront.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as n"),
            ("models/a.yml", "models: [{name: a, desription: a number}]")
        );

        Assert.Equal("1", TextTable.Text(Assert.Single(await ShowAsync(shop, "a", 5)).Rows[0][0]));
        Assert.Empty(shop.Observer.Diagnostics);
    }

    [Fact]
    public void A_table_has_numbers_to_the_right_nulls_in_words_and_long_values_cut()
    {
        var table = new ShownTable(
            "x",
            [new("id", "integer"), new("note", "text"), new("share", "numeric")],
            [
                [1L, "a\nb", 0.5],
                [200L, new string('x', 50), null],
            ]
        );

        Assert.Equal(
            [
                "|  id | note                                     | share |",
                "| --- | ---------------------------------------- | ----- |",
                "|   1 | a b                                      |   0.5 |",
                "| 200 | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… |  null |",
            ],
            TextTable.Lines(table)
        );
    }

    [Fact]
    public void Json_is_that_of_dbt()
    {
        var table = new ShownTable(
            "x",
            [new("n", "integer"), new("d", "date"), new("t", "timestamp"), new("b", "boolean"), new("q", "text")],
            [
                [1L, new DateOnly(2024, 2, 29), new DateTime(2024, 2, 29, 1, 2, 3), true, null],
            ]
        );

        Assert.Equal(
            """
            {
              "node": "x",
              "show": [
                {
                  "n": 1,
                  "d": "2024-02-29",
                  "t": "2024-02-29T01:02:03",
                  "b": true,
                  "q": null
                }
              ]
            }
            """,
            ShownJson.Write(table)
        );
    }

    private static string Brief(ShownTable table) =>
        string.Join(
            ' ',
            table.Rows.Select(row => string.Join('|', row.Select(TextTable.Text))).Prepend($"{table.Name}:")
        );

    private static async Task<IReadOnlyList<ShownTable>> ShowAsync(
        Storefront shop,
        string select,
        int? limit,
        string? inline = null,
        bool fails = false
    )
    {
        var report = await RowPreview.RunAsync(
            new ShowRequest
            {
                ArtifactPath = shop.Build(),
                ProjectDirectory = shop.Folder,
                EmbeddedServerDirectory = Path.Combine(shop.Folder, "postgres"),
                Selection = new SelectionRequest { Select = select, IndirectSelection = "empty" },
                Limit = limit,
                Inline = inline,
            },
            shop.Listen(),
            Token
        );
        Assert.True(report.Succeeded != fails, string.Join("\n", shop.Observer.Diagnostics));
        return report.Tables;
    }
}
