using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying;

namespace Analytics.Deployment.Testing;

/// <summary>The two queries of a data test: the one that judges, and the one that shows rows.</summary>
internal static class DataTestQuery
{
    /// <summary>How many failing rows are shown.</summary>
    public const int ShownRows = 5;

    /// <summary>One row: the number, whether it warns, whether it fails.</summary>
    public static Statement Count(TestSettings settings, RenderedSql sql) =>
        Statement.Around(
            $"select ({settings.FailCalc})::text, {settings.FailCalc} {settings.WarnIf}, {settings.FailCalc} {settings.ErrorIf} from (\n",
            sql,
            $"{Limit(settings.Limit)}\n) dbt_internal_test"
        );

    /// <summary>Some of the failing rows, each as one JSON text.</summary>
    public static Statement Rows(TestSettings settings, RenderedSql sql) =>
        Statement.Around(
            "select row_to_json(dbt_internal_test)::text from (\n",
            sql,
            FormattableString.Invariant($"{Limit(settings.Limit)}\n) dbt_internal_test limit {ShownRows}")
        );

    private static string Limit(long? limit) =>
        limit is null ? string.Empty : FormattableString.Invariant($"\nlimit {limit}");
}
