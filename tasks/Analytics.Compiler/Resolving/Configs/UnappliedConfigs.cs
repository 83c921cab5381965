using Analytics.Compiler.Diagnostics;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>
/// Configs of dbt that are read and merged, but that a publish does not act on yet. Each use is a warning.
/// </summary>
internal static class UnappliedConfigs
{
    private static readonly string[] Keys = ["latest_version_pointer", "on_error"];

    public static void Report(MergedConfig config, ICollection<Diagnostic> diagnostics)
    {
        foreach (var key in Keys)
        {
            if (config[key] is { } entry && IsSet(entry.Value))
            {
                diagnostics.Add(ProjectDiagnostics.NotApplied(entry.Span, $"the config '{key}'"));
            }
        }
    }

    private static bool IsSet(object? value) =>
        value switch
        {
            null or false => false,
            // What on_error is without a word.
            "skip_children" => false,
            PyList list => list.Count > 0,
            PyDict dict => dict.Values.Any(IsSet),
            _ => true,
        };
}
