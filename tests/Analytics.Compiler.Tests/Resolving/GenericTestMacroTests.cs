using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Tests.Resolving;

/// <summary>What the macro of a generic test says about the tests that use it.</summary>
public sealed class GenericTestMacroTests
{
    private const string Counts = """
        {% test counts(model) %}{{ return(adapter.dispatch('test_counts')(model)) }}{% endtest %}
        {% macro default__test_counts(model) %}
        {{ config(fail_calc='sum(n)', severity='warn', tags='counted') }}
        {% if not execute %}{{ return('') }}{% endif %}
        select count(*) as n from {{ model }}
        {% endmacro %}
        """;

    private static TestProject Project(string macro, string use) =>
        new TestProject()
            .File("models/m.sql", "select 1 as one")
            .File("models/other.sql", "select 1 as one")
            .File("macros/counts.sql", macro)
            .File("models/m.yml", $"models:\n  - name: m\n    data_tests:\n      - {use}\n");

    [Fact]
    public void A_config_in_the_macro_is_the_tests_config()
    {
        var test = Project(Counts, "counts").Compile().Graph.Nodes.OfType<TestNode>().Single();

        Assert.Equal(("sum(n)", TestSeverity.Warn), (test.Settings.FailCalc, test.Settings.Severity));
        Assert.Equal("['counted']", PyText.Repr(test.Config.Values["tags"]));
    }

    [Fact]
    public void The_config_of_the_use_is_stronger_than_the_macros()
    {
        var test = Project(Counts, "counts: {config: {severity: error}}")
            .Compile()
            .Graph.Nodes.OfType<TestNode>()
            .Single();

        Assert.Equal(("sum(n)", TestSeverity.Error), (test.Settings.FailCalc, test.Settings.Severity));
    }

    [Fact]
    public void A_reference_in_the_macro_is_a_dependency_of_the_test()
    {
        var test = Project(
                "{% test counts(model) %}select * from {{ model }} where one not in (select one from {{ ref('other') }}){% endtest %}",
                "counts"
            )
            .Compile()
            .Graph.Nodes.OfType<TestNode>()
            .Single();

        Assert.Equal(["model.shop.m", "model.shop.other"], test.DependsOn);
    }

    [Fact]
    public void A_reference_in_the_macro_that_leads_nowhere_is_an_error_of_the_use()
    {
        var result = Project("{% test counts(model) %}\nselect * from {{ ref('othr') }}{% endtest %}", "counts")
            .Build();

        Assert.Equal(
            "models/m.yml(4,9,4,15): error ASQL3001: no model, seed or snapshot is named 'othr'; did you mean 'other'?",
            Assert.Single(result.Diagnostics).ToString()
        );
    }

    [Fact]
    public void A_test_has_the_tags_of_its_column_or_of_its_source_and_its_own()
    {
        var tests = new TestProject()
            .File("models/m.sql", "select 1 as one")
            .File(
                "models/m.yml",
                """
                models:
                  - name: m
                    config: {tags: [of_the_model]}
                    columns:
                      - name: one
                        config: {tags: [column]}
                        data_tests: [{unique: {config: {tags: own}}}]
                sources:
                  - name: raw
                    tags: [source]
                    tables:
                      - name: t
                        tags: table
                        columns: [{name: id, tags: id, data_tests: [not_null]}]
                """
            )
            .Compile()
            .Graph.Nodes.OfType<TestNode>()
            .Select(test => PyText.Repr(test.Config.Values["tags"]));

        Assert.Equal(["['source', 'table', 'id']", "['column', 'own']"], tests.Order(StringComparer.Ordinal).Reverse());
    }
}
