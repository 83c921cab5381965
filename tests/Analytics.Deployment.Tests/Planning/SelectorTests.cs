using Analytics.Deployment.Planning.Selection;
using Analytics.Deployment.Tests.Support;

namespace Analytics.Deployment.Tests.Planning;

public sealed class SelectorTests
{
    private static readonly (string, string)[] Files =
    [
        (
            "models/schema.yml",
            """
            sources: [{name: raw, tables: [{name: orders}, {name: items}]}]
            models:
              - name: c
                columns: [{name: id, data_tests: [unique]}]
            """
        ),
        (
            "models/staging/a.sql",
            "{{ config(tags=['nightly', 'x']) }} select 1 as id from {{ source('raw', 'orders') }}"
        ),
        ("models/staging/b.sql", "{{ config(materialized='table') }} select id from {{ ref('a') }}"),
        (
            "models/marts/c.sql",
            "{{ config(materialized='table', meta={'owner': 'ann'}) }} select id from {{ ref('b') }}"
        ),
        ("models/marts/d.sql", "{{ config(tags='nightly') }} select id from {{ ref('c') }}, {{ ref('side') }}"),
        ("models/marts/side.sql", "select 1 as one from {{ source('raw', 'items') }}"),
        ("seeds/codes.csv", "code\nx\n"),
        ("tests/sums.sql", "select 1 from {{ ref('b') }}, {{ ref('d') }} where false"),
    ];

    [Theory]
    [InlineData("c", "c unique_c_id")]
    [InlineData("shop.marts.c", "c unique_c_id")]
    [InlineData("staging", "a b sums")]
    [InlineData("staging.*", "a b sums")]
    [InlineData("fqn:shop.staging", "a b sums")]
    [InlineData("path:models/marts", "c d side sums unique_c_id")]
    [InlineData("models/staging/a.sql", "a")]
    [InlineData("models/*/a.sql", "a")]
    [InlineData("tag:nightly", "a d sums")]
    [InlineData("tag:night*", "a d sums")]
    [InlineData("source:raw", "items orders")]
    [InlineData("source:raw.orders+1", "a orders")]
    [InlineData("resource_type:seed", "codes")]
    [InlineData("resource_type:test", "sums unique_c_id")]
    [InlineData("config.materialized:table", "b c sums unique_c_id")]
    [InlineData("config.meta.owner:ann", "c unique_c_id")]
    [InlineData("package:shop,resource_type:seed", "codes")]
    [InlineData("test_type:singular", "sums")]
    [InlineData("test_name:unique", "unique_c_id")]
    [InlineData("b+", "b c d sums unique_c_id")]
    [InlineData("b+1", "b c sums unique_c_id")]
    [InlineData("+b", "a b orders sums")]
    [InlineData("1+c", "b c sums unique_c_id")]
    [InlineData("1+c+1", "b c d sums unique_c_id")]
    [InlineData("@side", "a b c d items orders side sums unique_c_id")]
    [InlineData("a side", "a side")]
    [InlineData("tag:nightly,staging", "a sums")]
    [InlineData("b+,tag:nightly codes", "codes d sums")]
    public void Words_select_as_in_dbt(string select, string expected)
    {
        var project = TestCompiler.Project(Files);

        var (ids, diagnostics) = new Selector(project.Graph).Select(select, string.Empty);

        var names = project
            .Graph.Nodes.Where(node => ids.Contains(node.UniqueId))
            .Select(node => node.Name)
            .Order(StringComparer.Ordinal);
        Assert.Equal(expected, string.Join(' ', names));
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData("", "+c", "codes d items side")]
    [InlineData("staging", "b", "a")]
    [InlineData("resource_type:model", "tag:nightly", "b c side unique_c_id")]
    public void Excluded_nodes_go_with_their_tests(string select, string exclude, string expected)
    {
        var project = TestCompiler.Project(Files);

        var (ids, _) = new Selector(project.Graph).Select(select, exclude);

        var names = project
            .Graph.Nodes.Where(node => ids.Contains(node.UniqueId))
            .Select(node => node.Name)
            .Order(StringComparer.Ordinal);
        Assert.Equal(expected, string.Join(' ', names));
    }

    [Theory]
    [InlineData("stagin", "; did you mean 'staging'?")]
    [InlineData("+sid", "; did you mean 'side'?")]
    [InlineData("tag:quarterly", "")]
    [InlineData("state:modified", "")]
    public void A_word_that_matches_nothing_is_told_with_a_near_name(string select, string hint)
    {
        var (ids, diagnostics) = new Selector(TestCompiler.Project(Files).Graph).Select(select, string.Empty);

        Assert.Empty(ids);
        Assert.Equal(
            $"warning ASQL3010: the selection '{select}' matches nothing{hint}",
            Assert.Single(diagnostics).ToString()
        );
    }
}
