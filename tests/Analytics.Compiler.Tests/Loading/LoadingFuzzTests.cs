using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Tests.Loading;

public class LoadingFuzzTests
{
    private const string Properties = """
        version: 2
        x: &a {k: [1, "two", 'three'], <<: {z: 1}}
        models:
          - name: orders   # note
            description: >-
              folded
              text
            config: {materialized: table, <<: *a}
            columns:
              - name: "id"
                tests: [unique, {accepted_values: {values: [1, 2]}}]
        sources: [{name: s, tables: [{name: t, identifier: "{{ 'x' }}"}]}]
        exposures:
          - name: e
            description: |
              a
              b
        """;

    private const string Definition =
        "name: 'shop'\nversion: 1.0\nmodel-paths: [\"models\"]\nvars:\n  a: {b: [1, ~]}\nmodels:\n  shop:\n    +materialized: view\non-run-end:\n  - \"{{ x }}\"\ndispatch: [{macro_namespace: a, search_order: [b]}]\n";

    private const string Macros =
        "{% macro m(a, b=1) %}{{ a | upper }}{% if b %}x{% endif %}{% endmacro %}\n{% test t(model) %}select 1{% endtest %}\n";

    [Fact]
    public void Mutated_properties_never_throw_and_every_place_is_in_the_file()
    {
        Check("models/x.yml", Properties, 2000);
        Check(
            "snapshots/x.yml",
            "snapshots:\n  - name: s\n    relation: ref('a')\n    config: {strategy: check}\n",
            1000
        );
    }

    [Fact]
    public void Mutated_definitions_never_throw_and_every_place_is_in_the_file()
    {
        Check("dbt_project.yml", Definition, 2000);
    }

    [Fact]
    public void Mutated_macros_never_throw_and_every_place_is_in_the_file()
    {
        Check("macros/m.sql", Macros, 500);
    }

    [Fact]
    public void Mutated_vars_never_throw()
    {
        foreach (var text in Mutations.Of("{start: 2024-01-01, n: [1, 2.5], d: {x: \"y\"}}", 2000))
        {
            var result = VarsReader.Parse(text);

            Assert.True(result.Vars.Count == 0 || result.Diagnostics.IsEmpty);
        }
    }

    [Fact]
    public void Scalars_of_mutated_YAML_lie_where_their_spans_say()
    {
        foreach (var text in Mutations.Of(Properties, 2000))
        {
            var document = YamlReader.Parse(new SourceFile("f.yml", text));
            var waiting = new Stack<YamlNode>(document.Root is null ? [] : [document.Root]);
            while (waiting.TryPop(out var node))
            {
                Assert.InRange(node.Span.End, node.Span.Start, text.Length);
                if (node is YamlScalar scalar && scalar.Content.Length == scalar.Text.Length && scalar.Text.Length > 0)
                {
                    Assert.Equal(scalar.Text.Replace('\n', ' '), scalar.Content.Text.Replace('\n', ' '));
                }

                foreach (var child in Children(node))
                {
                    waiting.Push(child);
                }
            }
        }
    }

    private static IEnumerable<YamlNode> Children(YamlNode node) =>
        node switch
        {
            YamlMapping mapping => mapping.Entries.Select(entry => entry.Value),
            YamlSequence sequence => sequence.Items,
            _ => [],
        };

    private static void Check(string path, string text, int count)
    {
        Assert.All(
            LoadingProject.LoadWith(path, text).Diagnostics,
            diagnostic => Assert.NotEqual("ASQL0001", diagnostic.Id)
        );
        foreach (var damaged in Mutations.Of(text, count))
        {
            var files =
                path == "dbt_project.yml"
                    ? LoadingProject.Load((path, damaged))
                    : LoadingProject.LoadWith(path, damaged);
            foreach (var diagnostic in files.Diagnostics)
            {
                var span = diagnostic.Span!.Value;
                Assert.InRange(span.Start, 0, span.File.Text.Length);
                Assert.InRange(span.End, span.Start, span.File.Text.Length);
            }
        }
    }
}
