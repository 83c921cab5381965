using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying;

namespace Analytics.Deployment.Testing.Units;

/// <summary>The queries of a unit test.</summary>
/// <param name="actual">The model's query over the test's rows.</param>
internal sealed class UnitTestQuery(RenderedSql actual)
{
    /// <summary>What marks a row that the model gave; the others are expected.</summary>
    public const string ActualMark = "actual";

    /// <summary>The model's query.</summary>
    public Statement Actual() => Statement.Around("select * from (\n", actual, "\n) _dbt_internal_unit_test_actual");

    /// <summary>
    /// The rows that the model gives and those that are expected, in one result: the server finds the types that both have.
    /// </summary>
    /// <param name="expected">The query that gives the expected rows.</param>
    /// <param name="columns">Names of the compared columns in the model's query and in the other one.</param>
    public Statement Both(string expected, ImmutableArray<(string Actual, string Expected)> columns) =>
        Both(string.Empty, expected, columns, string.Empty);

    /// <summary>The same rows as texts, equal where the values are equal, and the mark last.</summary>
    /// <param name="expected">The query that gives the expected rows.</param>
    /// <param name="columns">Names of the compared columns in the model's query and in the other one.</param>
    /// <param name="types">The types that both have.</param>
    public Statement Texts(
        string expected,
        ImmutableArray<(string Actual, string Expected)> columns,
        ImmutableArray<string> types
    )
    {
        var texts = columns.Select((column, i) => $"{Text(RelationName.Quote(column.Actual), types[i])}, ");
        return Both(
            $"select {string.Concat(texts)}actual_or_expected from (\n",
            expected,
            columns,
            "\n) _dbt_internal_unit_test"
        );
    }

    private Statement Both(
        string prefix,
        string expected,
        ImmutableArray<(string Actual, string Expected)> columns,
        string suffix
    )
    {
        var actuals = string.Concat(columns.Select(column => $"{RelationName.Quote(column.Actual)}, "));
        var expecteds = string.Concat(columns.Select(column => $"{RelationName.Quote(column.Expected)}, "));
        return Statement.Around(
            $"{prefix}select {actuals}'{ActualMark}' as actual_or_expected from (\n",
            actual,
            $"\n) _dbt_internal_unit_test_actual\nunion all\nselect {expecteds}'expected' from (\n{expected}\n) _dbt_internal_unit_test_expected{suffix}"
        );
    }

    // One number may be written with more zeros than another that it equals, and JSON with more spaces.
    private static string Text(string column, string type) =>
        type switch
        {
            "json" => $"{column}::jsonb::text",
            _ when type.StartsWith("numeric", StringComparison.Ordinal) && !type.EndsWith(']') =>
                $"pg_catalog.trim_scale({column})::text",
            _ => $"{column}::text",
        };
}
