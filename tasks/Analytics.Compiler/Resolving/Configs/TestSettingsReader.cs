using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>The settings of a data test.</summary>
internal static class TestSettingsReader
{
    public static TestSettings Read(SettingsReader reader) =>
        new(
            reader.Choice("severity", TestSeverity.Error, ("error", TestSeverity.Error), ("warn", TestSeverity.Warn)),
            reader.Sql("fail_calc") ?? "count(*)",
            reader.Sql("warn_if") ?? "!= 0",
            reader.Sql("error_if") ?? "!= 0",
            reader.Sql("where"),
            reader.Number("limit")
        );
}
