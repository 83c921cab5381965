using System.Collections.Immutable;
using Analytics.Deployment.Applying;

namespace Analytics.Deployment.Testing.Fusion;

/// <summary>One query for several tests of one relation.</summary>
/// <param name="tests">The tests, two at least.</param>
internal sealed class FusedQuery(ImmutableArray<FusibleTest> tests)
{
    /// <summary>The most tests of a query: three columns each, and a query has 1,664 at most.</summary>
    public const int MostTests = 100;

    /// <summary>One row; for each test its number as text, whether it warns, whether it fails.</summary>
    /// <remarks>
    /// The WHERE lets through the rows that some test finds, mostly none: it is what costs, and workers of the server share it. What
    /// the tests' queries have besides is checked by the server's analysis, and its planner drops it.
    /// </remarks>
    public Statement Statement()
    {
        var verdicts = tests.Select(
            (test, i) =>
                FormattableString.Invariant(
                    $"  dbt_n{i}::text, dbt_n{i} {test.Step.Test.Settings.WarnIf}, dbt_n{i} {test.Step.Test.Settings.ErrorIf}"
                )
        );
        var counts = tests.Select((test, i) => FormattableString.Invariant($"    {Count(test)} as dbt_n{i}"));
        var conditions = tests.Select(test => $"({test.Row.Condition})").Distinct(StringComparer.Ordinal);
        var checks = tests.SelectMany(test => test.Row.Checks).Distinct(StringComparer.Ordinal).ToList();
        var legal = checks.Count == 0 ? string.Empty : $"\n  and (row({string.Join(", ", checks)}) is null or true)";
        return new Statement(
            $"""
            select
            {string.Join(",\n", verdicts)}
            from (
              select
            {string.Join(",\n", counts)}
              from {tests[0].Row.Relation}
              where ({string.Join("\n    or ", conditions)}){legal}
            ) dbt_internal_test
            """
        );
    }

    private static string Count(FusibleTest test)
    {
        var count = $"count(*) filter (where {test.Row.Condition})";
        return test.Step.Test.Settings.Limit is { } most
            ? FormattableString.Invariant($"least({count}, {most})")
            : count;
    }
}
