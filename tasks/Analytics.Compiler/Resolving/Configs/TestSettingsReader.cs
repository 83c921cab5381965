using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>The settings of a data test.</summary>
internal static class TestSettingsReader
{
    /// <summary>Reads them.</summary>
    /// <param name="reader">Reads the test's config.</param>
    /// <param name="keepFailures">What holds where the config does not say whether failing rows are kept.</param>
    public static TestSettings Read(SettingsReader reader, bool keepFailures) =>
        new(
            reader.Choice("severity", TestSeverity.Error, ("error", TestSeverity.Error), ("warn", TestSeverity.Warn)),
            reader.Sql("fail_calc") ?? "count(*)",
            reader.Sql("warn_if") ?? "!= 0",
            reader.Sql("error_if") ?? "!= 0",
            reader.Sql("where"),
            reader.Number("limit"),
            Keeping(reader, keepFailures)
        );

    // dbt's rule: the younger key beats the older one wherever either stands.
    private static FailureKeeping Keeping(SettingsReader reader, bool keepFailures)
    {
        if (reader.Has("store_failures_as"))
        {
            return reader.Choice(
                "store_failures_as",
                FailureKeeping.None,
                ("ephemeral", FailureKeeping.None),
                ("table", FailureKeeping.Table),
                ("view", FailureKeeping.View)
            );
        }

        return reader.Flag("store_failures") ?? keepFailures ? FailureKeeping.Table : FailureKeeping.None;
    }
}
