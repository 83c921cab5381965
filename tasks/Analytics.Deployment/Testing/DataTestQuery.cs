using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying;

namespace Analytics.Deployment.Testing;

/// <summary>The two queries of a data test: the one that judges, and the one that shows rows.</summary>
/// <param name="test">The test.</param>
/// <param name="sql">Its own query. Where its rows are kept, they are read from there.</param>
internal sealed class DataTestQuery(TestNode test, RenderedSql sql)
{
    /// <summary>How many failing rows are shown.</summary>
    public const int ShownRows = 5;

    /// <summary>Whether a test is judged by how many rows it finds, and they are kept nowhere.</summary>
    public static bool IsOnlyCount(TestNode test) =>
        test.FailingRows is null
        && string.Concat(test.Settings.FailCalc.Where(letter => !char.IsWhiteSpace(letter)))
            .Equals("count(*)", StringComparison.OrdinalIgnoreCase);

    /// <summary>The row of <see cref="Count"/> of a test that finds nothing, asked of no relation.</summary>
    public static Statement CountOfNothing(TestNode test) =>
        new($"select 0::text, 0 {test.Settings.WarnIf}, 0 {test.Settings.ErrorIf}");

    /// <summary>One row: the number, whether it warns, whether it fails.</summary>
    public Statement Count()
    {
        var settings = test.Settings;
        return Over(
            $"select ({settings.FailCalc})::text, {settings.FailCalc} {settings.WarnIf}, {settings.FailCalc} {settings.ErrorIf}",
            string.Empty
        );
    }

    /// <summary>Some of the failing rows, each as one JSON text.</summary>
    public Statement Rows() =>
        Over("select row_to_json(dbt_internal_test)::text", FormattableString.Invariant($" limit {ShownRows}"));

    private Statement Over(string select, string end)
    {
        var limit = test.Settings.Limit is { } most ? FormattableString.Invariant($"\nlimit {most}") : string.Empty;
        var (prefix, suffix) = ($"{select} from (\n", $"{limit}\n) dbt_internal_test{end}");
        return test.FailingRows is { } kept
            ? new Statement($"{prefix}select * from {kept.ToSql()}{suffix}")
            : Statement.Around(prefix, sql, suffix);
    }
}
