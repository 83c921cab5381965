using Analytics.Compiler.Describing;
using Analytics.Compiler.Loading.Selectors;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Tests.Loading;

public sealed class SelectorsReaderTests
{
    [Fact]
    public void Words_criteria_unions_and_exclusions_are_read()
    {
        var selectors = Read(
            """
            selectors:
              - name: nightly
                description: Each night.
                default: true
                definition:
                  union:
                    - method: config.materialized
                      value: incremental
                      parents: true
                      parents_depth: 2
                      children: yes
                      indirect_selection: cautious
                      exclude: [{method: fqn, value: b}]
                    - tag: hourly
                    - intersection: ["path:models/a", {method: selector, value: weekly}]
                    - exclude: ["+c"]
              - name: weekly
                default: "{{ target.name == 'prod' }}"
                definition: tag:weekly+ other
            """
        );

        var nightly = Assert.IsType<SelectorGroup>(selectors[0].Definition);
        Assert.Equal(
            ("nightly", "Each night.", true),
            (selectors[0].Name, selectors[0].Description, selectors[0].IsDefault.Value)
        );
        Assert.Equal("{{ target.name == 'prod' }}", selectors[1].IsDefault.Template);
        var first = Assert.IsType<SelectorCriterion>(nightly.Parts[0]);
        Assert.Equal(("config.materialized", "incremental"), (first.Method, first.Value));
        Assert.Equal((2, null, "cautious"), (first.Parents, first.Children, first.IndirectSelection));
        Assert.Equal("b", Assert.IsType<SelectorCriterion>(Assert.Single(first.Exclude)).Value);
        Assert.Equal(
            ("tag", "hourly", 0),
            Assert.IsType<SelectorCriterion>(nightly.Parts[1]) is var tag
                ? (tag.Method, tag.Value, tag.Parents)
                : default
        );
        var both = Assert.IsType<SelectorGroup>(nightly.Parts[2]);
        Assert.True(both.IsIntersection);
        Assert.Equal("weekly", Assert.IsType<SelectorCriterion>(both.Parts[1]).Selector);
        Assert.Equal("+c", Assert.IsType<SelectorWords>(Assert.Single(nightly.Exclude)).Text);
    }

    [Theory]
    [InlineData("tag:a", "{'method': 'tag', 'value': 'a'}")]
    [InlineData("2+a+", "{'method': 'fqn', 'value': 'a', 'parents': True, 'parents_depth': 2, 'children': True}")]
    [InlineData("@models/x.sql", "{'method': 'path', 'value': 'models/x.sql', 'childrens_parents': True}")]
    [InlineData(
        "config.meta.a:b,x.sql c",
        "{'union': [{'intersection': [{'method': 'config.meta.a', 'value': 'b'}, {'method': 'file', 'value': 'x.sql'}]}, {'method': 'fqn', 'value': 'c'}]}"
    )]
    public void The_manifest_takes_words_apart(string words, string expected)
    {
        var selectors = Read($"selectors:\n  - name: s\n    definition: '{words}'\n");

        var described = (PyDict)SelectorDescription.All(selectors)["s"]!;

        Assert.Equal(expected, PyText.Repr(described["definition"]));
    }

    private static System.Collections.Immutable.ImmutableArray<SelectorDeclaration> Read(string text)
    {
        var result = LoadingProject.LoadWith("selectors.yml", text);
        Assert.Empty(result.Messages());
        return result.Source!.Root.Selectors;
    }
}
