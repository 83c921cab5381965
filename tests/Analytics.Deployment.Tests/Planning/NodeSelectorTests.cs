using System.Collections.Immutable;
using Analytics.Deployment.Planning.Selection;
using Analytics.Deployment.Tests.Support;

namespace Analytics.Deployment.Tests.Planning;

public sealed class NodeSelectorTests
{
    private static readonly (string, string)[] Files =
    [
        (
            "models/schema.yml",
            """
            sources: [{name: raw, tables: [{name: orders}, {name: items}]}]
            groups: [{name: finance, owner: {name: ann}}]
            models:
              - name: c
                access: public
                config: {group: finance}
                columns: [{name: id, data_tests: [unique, {relationships: {arguments: {to: ref('a'), field: id}}}]}]
              - name: v
                latest_version: 2
                versions: [{v: 1}, {v: 2}, {v: 3}]
            exposures:
              - {name: board, type: dashboard, owner: {name: ann}, depends_on: [ref('d')]}
            unit_tests:
              - {name: adds, model: side, given: [], expect: {rows: [{one: 1}]}}
            """
        ),
        (
            "models/staging/a.sql",
            "{{ config(tags=['nightly', 'x']) }} select 1 as id from {{ source('raw', 'orders') }}"
        ),
        ("models/staging/b.sql", "{{ config(materialized='table') }} select id from {{ ref('a') }}"),
        (
            "models/marts/c.sql",
            "{{ config(materialized='table', meta={'owner': 'ann', 'teams': ['x', 'y'], 'pii': true}) }} select id from {{ ref('b') }}"
        ),
        ("models/marts/d.sql", "{{ config(tags='nightly') }} select id from {{ ref('c') }}, {{ ref('side') }}"),
        ("models/marts/side.sql", "select 1 as one from {{ source('raw', 'items') }}"),
        ("models/versions/v_v1.sql", "select 1 as id"),
        ("models/versions/v_v2.sql", "select 2 as id"),
        ("models/versions/v_v3.sql", "select 3 as id"),
        ("seeds/codes.csv", "code\nx\n"),
        ("analyses/look.sql", "select 1"),
        ("tests/sums.sql", "{{ config(severity='warn') }} select 1 from {{ ref('b') }}, {{ ref('d') }} where false"),
    ];

    private const string Related = "relationships_c_id__id__ref_a_";

    [Theory]
    [InlineData("c", "c REL unique_c_id")]
    [InlineData("shop.marts.c", "c REL unique_c_id")]
    [InlineData("staging", "a b REL sums")]
    [InlineData("staging.*", "a b REL sums")]
    [InlineData("fqn:shop.staging", "a b REL sums")]
    [InlineData("staging.[!b]", "a REL")]
    [InlineData("path:models/marts", "c d REL side sums unique_c_id adds")]
    [InlineData("models/staging/a.sql", "a REL")]
    [InlineData("models/*/a.sql", "a REL")]
    [InlineData("path:models/schema.yml,resource_type:model", "adds c REL unique_c_id v v v")]
    [InlineData("a.sql", "a REL")]
    [InlineData("file:[ab].sql", "a b REL sums")]
    [InlineData("tag:nightly", "a d REL sums")]
    [InlineData("tag:night*", "a d REL sums")]
    [InlineData("source:raw", "items orders")]
    [InlineData("source:shop.raw.items", "items")]
    [InlineData("source:raw.orders+1", "a orders REL")]
    [InlineData("resource_type:seed", "codes")]
    [InlineData("resource_type:test", "REL sums unique_c_id")]
    [InlineData("resource_type:analysis", "look")]
    [InlineData("config.materialized:table", "b c REL sums unique_c_id")]
    [InlineData("config.materialized:view,staging", "a REL sums")]
    [InlineData("config.meta.owner:ann", "c REL unique_c_id")]
    [InlineData("config.meta.teams:y", "c REL unique_c_id")]
    [InlineData("config.meta:owner", "c REL unique_c_id")]
    [InlineData("config.meta.pii:True", "c REL unique_c_id")]
    [InlineData("config.severity:WARN", "sums")]
    [InlineData("package:shop,resource_type:seed", "codes")]
    [InlineData("package:this,resource_type:seed", "codes")]
    [InlineData("test_type:singular", "sums")]
    [InlineData("test_type:generic", "REL unique_c_id")]
    [InlineData("test_type:data", "REL sums unique_c_id")]
    [InlineData("test_type:unit", "adds")]
    [InlineData("test_name:unique", "unique_c_id")]
    [InlineData("unit_test:adds", "adds")]
    [InlineData("unit_test:shop.ad*", "adds")]
    [InlineData("exposure:board", "board")]
    [InlineData("1+exposure:shop.board", "board d sums")]
    [InlineData("group:finance", "c REL unique_c_id")]
    [InlineData("access:public", "c REL unique_c_id")]
    [InlineData("version:latest", "v2")]
    [InlineData("version:old", "v1")]
    [InlineData("version:prerelease", "v3")]
    [InlineData("v", "v1 v2 v3")]
    [InlineData("v.v1", "v1")]
    [InlineData("v_v2", "v2")]
    [InlineData("b+", "b board c d REL sums unique_c_id")]
    [InlineData("b+1", "b c REL sums unique_c_id")]
    [InlineData("+b", "a b orders REL sums")]
    [InlineData("1+c", "b c REL sums unique_c_id")]
    [InlineData("1+c+1", "b c d REL sums unique_c_id")]
    [InlineData("@side", "a adds b board c d items orders REL side sums unique_c_id")]
    [InlineData("a side", "a adds REL side")]
    [InlineData("tag:nightly,staging", "a REL sums")]
    [InlineData("c+,tag:nightly codes", "codes d REL sums")]
    public void Words_select_as_in_dbt(string select, string expected)
    {
        var (names, diagnostics) = Select(new SelectionRequest { Select = select });

        Assert.Empty(diagnostics);
        AssertNames(expected, names);
    }

    [Theory]
    [InlineData("", "+c", "adds board codes d items look side v v v")]
    [InlineData("staging", "b", "a REL")]
    [InlineData("resource_type:model", "tag:nightly", "adds b c side unique_c_id v v v")]
    public void Excluded_nodes_go_with_their_tests(string select, string exclude, string expected)
    {
        var (names, _) = Select(new SelectionRequest { Select = select, Exclude = exclude });

        AssertNames(expected, names);
    }

    [Theory]
    [InlineData("eager", "c", "c REL unique_c_id")]
    [InlineData("cautious", "c", "c unique_c_id")]
    [InlineData("cautious", "a c", "a c REL unique_c_id")]
    [InlineData("cautious", "b d", "b d sums")]
    [InlineData("buildable", "c", "c REL unique_c_id")]
    [InlineData("buildable", "d", "d sums")]
    [InlineData("empty", "c", "c")]
    public void Tests_come_by_the_rule_of_indirect_selection(string rule, string select, string expected)
    {
        var (names, diagnostics) = Select(new SelectionRequest { Select = select, IndirectSelection = rule });

        Assert.Empty(diagnostics);
        AssertNames(expected, names);
    }

    [Theory]
    [InlineData("model", "", "a b")]
    [InlineData("model test", "", "a b REL sums")]
    [InlineData("", "test", "a b")]
    [InlineData("all", "model", "REL sums")]
    public void Resource_types_filter_the_result(string only, string never, string expected)
    {
        var (names, _) = Select(
            new SelectionRequest
            {
                Select = "staging",
                ResourceTypes = only,
                ExcludeResourceTypes = never,
            }
        );

        AssertNames(expected, names);
    }

    [Theory]
    [InlineData("stagin", "; did you mean 'staging'?")]
    [InlineData("+sid", "; did you mean 'side'?")]
    [InlineData("tag:nightli", "; did you mean 'nightly'?")]
    [InlineData("tag:quarterly", "")]
    [InlineData("source:row", "; did you mean 'raw'?")]
    [InlineData("path:models/staging/c.sql", "; did you mean 'models/staging/a.sql'?")]
    [InlineData("sta*x", "")]
    [InlineData("metric:revenue", "")]
    public void A_word_that_matches_nothing_is_told_with_a_near_name(string select, string hint)
    {
        var (names, diagnostics) = Select(new SelectionRequest { Select = select });

        Assert.Empty(names!);
        Assert.Equal($"warning ASQL3010: the selection '{select}' matches nothing{hint}", Assert.Single(diagnostics));
    }

    [Fact]
    public void An_intersection_of_nothing_and_an_exclusion_of_everything_are_told()
    {
        var (_, intersection) = Select(new SelectionRequest { Select = "codes,look" });
        var (_, exclusion) = Select(new SelectionRequest { Select = "codes", Exclude = "codes" });

        Assert.Equal("warning ASQL3010: the selection 'codes,look' matches nothing", Assert.Single(intersection));
        Assert.Equal("warning ASQL3010: the selection 'codes but codes' matches nothing", Assert.Single(exclusion));
    }

    [Theory]
    [InlineData("tags:x", "there is no method 'tags'; did you mean 'tag'?")]
    [InlineData("tag.x:y", "there is no method 'tag.x' (")]
    [InlineData("tag:", "a value is expected after 'tag:'")]
    [InlineData("+", "a name is expected")]
    [InlineData("@c+", "'@' takes all readers already, so no '+' can follow")]
    [InlineData("access:open", "expected one of private, protected, public")]
    [InlineData("version:newest", "expected one of latest, prerelease, old, none")]
    [InlineData("resource_type:table", "expected one of analysis, ")]
    [InlineData("test_type:slow", "expected one of generic, singular, unit, data, schema")]
    [InlineData("source:a.b.c.d", "expected a source, source.table or package.source.table")]
    [InlineData("exposure:a.b.c", "expected the name of an exposure, or package.name")]
    [InlineData("config:table", "expected the name of a config after a dot: config.materialized:table")]
    [InlineData("state:modified", "it needs an earlier state to compare with: -p:State=")]
    [InlineData("state:changed", "expected one of new, old, modified, ")]
    [InlineData("result:red", "expected one of error, fail, ")]
    [InlineData("source_status:fresher", "it needs an earlier state to compare with")]
    [InlineData("source_status:older", "expected fresher")]
    public void A_word_that_makes_no_sense_is_an_error_that_says_what_was_expected(string select, string message)
    {
        var (names, diagnostics) = Select(new SelectionRequest { Select = $"c {select}" });

        Assert.Null(names);
        Assert.StartsWith(
            $"error ASQL3017: the selection '{select}' makes no sense: {message}",
            Assert.Single(diagnostics),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Wrong_properties_are_errors()
    {
        Assert.Contains(
            "eager, cautious, buildable, empty",
            OneError(new() { IndirectSelection = "all" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "expected resource types: all, analysis",
            OneError(new() { ResourceTypes = "view" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "a comma stands between two criteria",
            OneError(new() { Select = "a,,b" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "there is no file and no folder",
            OneError(new() { Select = "state:new", StatePath = "nowhere" }),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("words", "a codes REL")]
    [InlineData("both", "a REL sums")]
    [InlineData("dictionary", "b c sums")]
    [InlineData("inherited", "a codes d REL sums")]
    [InlineData("strict", "c unique_c_id")]
    [InlineData("quiet", "c")]
    public void Named_selectors_select(string selector, string expected)
    {
        var (names, diagnostics) = Select(new SelectionRequest { Selector = selector }, Selectors);

        Assert.Empty(diagnostics);
        AssertNames(expected, names);
        AssertNames(expected, Select(new SelectionRequest { Select = $"selector:{selector}" }, Selectors).Names);
    }

    [Theory]
    [InlineData("dev", "codes")]
    [InlineData("prod", "look")]
    public void The_default_selector_of_the_target_counts_where_nothing_is_selected(string target, string expected)
    {
        var selectors = """
            selectors:
              - {name: one, definition: codes, default: "{{ target.name == 'dev' }}"}
              - {name: two, definition: look, default: "{{ target.name == 'prod' }}"}
            """;

        AssertNames(expected, Select(new SelectionRequest(), selectors, target).Names);
        AssertNames("side adds", Select(new SelectionRequest { Select = "side" }, selectors, target).Names);
    }

    [Fact]
    public void Two_default_selectors_are_an_error()
    {
        var files = Files.Append(
            (
                "selectors.yml",
                "selectors:\n  - {name: one, definition: codes, default: true}\n  - {name: two, definition: look, default: true}\n"
            )
        );

        var result = TestCompiler.Compile(
            files.Append(("dbt_project.yml", "name: shop\n")).ToDictionary(file => file.Item1, file => file.Item2),
            TestCompiler.Target
        );

        Assert.Contains(
            result.Diagnostics,
            each => each.ToString().StartsWith("selectors.yml(3,12,3,15): error ASQL0006: ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_unknown_selector_has_a_near_name_and_none_goes_with_a_selection()
    {
        Assert.Equal(
            "error ASQL3015: no selector is named 'word'; did you mean 'words'?",
            OneError(new() { Selector = "word" }, Selectors)
        );
        Assert.Equal(
            "error ASQL3015: no selector is named 'bath'; did you mean 'both'?",
            OneError(new() { Select = "selector:bath" }, Selectors)
        );
        Assert.Contains(
            "Selector goes with neither Select nor Exclude",
            OneError(new() { Selector = "words", Exclude = "a" }, Selectors),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_mistake_in_a_selector_is_reported_where_it_stands()
    {
        var error = OneError(new() { Selector = "s" }, "selectors:\n  - name: s\n    definition: 'state:modified'\n");

        Assert.StartsWith("selectors.yml(3,18,3,32): error ASQL3017: ", error, StringComparison.Ordinal);
    }

    // Each one names the one before twice: 2 to the power of 40 evaluations, were they not kept.
    [Fact]
    public void Selectors_of_selectors_are_evaluated_once_and_have_a_bound()
    {
        static string Chain(int length) =>
            "selectors:\n  - {name: s0, definition: codes}\n"
            + string.Concat(
                Enumerable
                    .Range(1, length)
                    .Select(i =>
                        $"  - {{name: s{i}, definition: {{union: [{{method: selector, value: s{i - 1}}}, {{method: selector, value: s{i - 1}}}]}}}}\n"
                    )
            );

        AssertNames("codes", Select(new SelectionRequest { Selector = "s40" }, Chain(40)).Names);
        Assert.Contains(
            "more than 64 deep",
            OneError(new() { Selector = "s100" }, Chain(100)),
            StringComparison.Ordinal
        );
    }

    private const string Selectors = """
        selectors:
          - {name: words, definition: 'tag:x codes'}
          - name: both
            definition: {intersection: [tag:nightly, {method: path, value: models/staging}]}
          - name: dictionary
            definition:
              union:
                - {method: fqn, value: b, children: true, children_depth: 1, parents: false}
                - exclude: [{method: test_type, value: generic}]
          - name: inherited
            definition:
              union:
                - {method: selector, value: words}
                - {method: tag, value: nightly}
          - name: strict
            definition: {method: fqn, value: c, indirect_selection: cautious}
          - name: quiet
            definition: {method: fqn, value: c, indirect_selection: empty}
        """;

    private static string OneError(SelectionRequest request, string? selectors = null)
    {
        var (names, diagnostics) = Select(request, selectors);
        Assert.Null(names);
        return Assert.Single(diagnostics);
    }

    private static (IReadOnlyList<string>? Names, ImmutableArray<string> Diagnostics) Select(
        SelectionRequest request,
        string? selectors = null,
        string target = "dev"
    )
    {
        var files = Files
            .Append(("dbt_project.yml", "name: shop\n"))
            .Append(("selectors.yml", selectors ?? "selectors: []\n"))
            .ToDictionary(file => file.Item1, file => file.Item2, StringComparer.Ordinal);
        var compiled = TestCompiler.Compile(files, TestCompiler.Target with { Name = target });
        Assert.True(compiled.Project is not null, string.Join("\n", compiled.Diagnostics));
        var (ids, diagnostics) = new NodeSelector(compiled.Project, default).Select(request);
        return (
            ids is null
                ? null
                :
                [
                    .. ids.Select(id =>
                        id.StartsWith("model.shop.v.", StringComparison.Ordinal)
                            ? id["model.shop.v.".Length..]
                            : compiled.Project.Graph[id].Name
                    ),
                ],
            [.. diagnostics.Select(diagnostic => diagnostic.ToString())]
        );
    }

    private static void AssertNames(string expected, IReadOnlyList<string>? names)
    {
        Assert.NotNull(names);
        var wanted = expected
            .Replace("REL", Related, StringComparison.Ordinal)
            .Replace("v v v", "v1 v2 v3", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            string.Join(' ', wanted.Order(StringComparer.Ordinal)),
            string.Join(' ', names.Order(StringComparer.Ordinal))
        );
    }
}
