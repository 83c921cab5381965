using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Tests.Loading.Properties;

public class TestDeclarationReaderTests
{
    [Theory]
    [InlineData("- not_null", "not_null", "", "")]
    [InlineData("- 'not_null'", "not_null", "", "")]
    [InlineData("- not_null: {}", "not_null", "", "")]
    [InlineData("- not_null:", "not_null", "", "")]
    [InlineData("- accepted_values: {values: [a, b]}", "accepted_values", "values", "")]
    [InlineData(
        "- accepted_values: {arguments: {values: [a]}, severity: warn}",
        "accepted_values",
        "values",
        "severity"
    )]
    [InlineData(
        "- accepted_values:\n            values: [a]\n            config: {where: x > 1}\n            limit: 10",
        "accepted_values",
        "values",
        "where,limit"
    )]
    [InlineData(
        "- dbt_utils.accepted_range: {min_value: 0, max_value: 1}",
        "dbt_utils.accepted_range",
        "min_value,max_value",
        ""
    )]
    [InlineData("- 'dbt_utils.accepted_range': {min_value: 0}", "dbt_utils.accepted_range", "min_value", "")]
    [InlineData("- {test_name: accepted_values, values: [a], tags: x}", "accepted_values", "values", "tags")]
    public void Every_form_is_read(string entry, string name, string arguments, string config)
    {
        var test = Read(entry);

        Assert.Equal(name, test.NameSpan.Text);
        Assert.Equal(name, test.Namespace is null ? test.TestName : $"{test.Namespace}.{test.TestName}");
        Assert.Equal(arguments, string.Join(',', test.Arguments.Entries.Select(each => each.Key)));
        Assert.Equal(config, string.Join(',', test.Config?.Entries.Select(each => each.Key) ?? []));
        Assert.Equal("id", test.Column);
    }

    [Fact]
    public void A_name_and_a_description_are_neither_arguments_nor_config()
    {
        var test = Read("- unique: {name: my_test, description: Because.}");

        Assert.Equal(("my_test", "Because."), (test.CustomName, test.Description?.Text));
        Assert.Empty(test.Arguments.Entries);
        Assert.Null(test.Config);
    }

    [Fact]
    public void Tests_of_the_relation_have_no_column_and_both_lists_count()
    {
        var result = LoadingProject.LoadWith(
            "models/x.yml",
            "models:\n  - name: m\n    tests: [a]\n    data_tests: [b]\n"
        );

        Assert.Equal(
            ["a ", "b "],
            result.Source!.Root.Properties[0].Tests.Select(test => $"{test.TestName} {test.Column}")
        );
    }

    [Theory]
    [InlineData(
        "- accepted_values:\n          values: [a]",
        "(6,11,7,22): error ASQL0002: a data test must be the name of a test, or a mapping whose one key is that name, but a mapping with the keys 'accepted_values', 'values' (are the arguments indented below the name?) was found"
    )]
    [InlineData(
        "- [a]",
        "(6,11,6,14): error ASQL0002: a data test must be the name of a test, or a mapping whose one key is that name, but a list was found"
    )]
    [InlineData(
        "- unique: [a]",
        "(6,19,6,22): error ASQL0002: the arguments of 'unique' must be a mapping, but a list was found"
    )]
    [InlineData(
        "- not-null",
        "(6,11,6,19): error ASQL0013: the data test 'not-null' is not a valid name: expected 'name' or 'package.name'"
    )]
    [InlineData(
        "- unique: {severity: warn, config: {severity: error}}",
        "(6,45,6,53): error ASQL0005: the key 'severity' is given twice in one mapping"
    )]
    [InlineData(
        "- unique: {x: 1, arguments: {x: 2}}",
        "(6,38,6,39): error ASQL0005: the key 'x' is given twice in one mapping"
    )]
    [InlineData(
        "not_null",
        "(6,9,6,17): error ASQL0002: 'data_tests' of the column 'id' must be a list, but a string was found"
    )]
    public void A_mistake_is_reported_at_its_place(string entry, string expected)
    {
        Assert.Equal([$"models/x.yml{expected}"], Load(entry).Messages());
    }

    private static TestDeclaration Read(string entry)
    {
        var result = Load(entry);
        Assert.Empty(result.Messages());
        return Assert.Single(Assert.Single(result.Source!.Root.Properties[0].Columns).Tests);
    }

    private static Analytics.Compiler.Loading.LoadResult Load(string entry) =>
        LoadingProject.LoadWith(
            "models/x.yml",
            $"models:\n  - name: m\n    columns:\n    - name: id\n      data_tests:\n        {entry}\n"
        );
}
