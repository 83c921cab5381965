using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>
/// Merges and reads <c>freshness</c> of a source: a table's limits over its source's, key by key; <c>null</c> switches it
/// off.
/// </summary>
internal static class FreshnessReader
{
    private static readonly (string Word, FreshnessPeriod Period)[] Periods =
    [
        ("minute", FreshnessPeriod.Minute),
        ("hour", FreshnessPeriod.Hour),
        ("day", FreshnessPeriod.Day),
    ];

    /// <summary>What two layers together say.</summary>
    /// <param name="below">The weaker layer's value.</param>
    /// <param name="above">The stronger layer's value.</param>
    public static object? Merge(object? below, object? above)
    {
        if (below is not PyDict weak || above is not PyDict strong)
        {
            return above;
        }

        var merged = weak.Copy();
        foreach (var (key, value) in strong)
        {
            merged[key] =
                weak.TryGet(key, out var old) && old is PyDict limit && value is PyDict over
                    ? Overlay(limit, over)
                    : value;
        }

        return merged;
    }

    /// <summary>The limits; null when there are none.</summary>
    /// <param name="value">The merged value.</param>
    /// <param name="placeOf">Where a key of it is written.</param>
    /// <param name="diagnostics">Takes the reports.</param>
    public static SourceFreshness? Read(
        object? value,
        Func<string, SourceSpan> placeOf,
        ICollection<Diagnostic> diagnostics
    )
    {
        if (value is not PyDict dict)
        {
            return null;
        }

        dict.TryGet("filter", out var filter);
        var warn = Limit(dict, "warn_after", placeOf, diagnostics);
        var error = Limit(dict, "error_after", placeOf, diagnostics);
        return warn is null && error is null
            ? null
            : new SourceFreshness(warn, error, filter is null ? null : PyText.Str(filter));
    }

    private static PyDict Overlay(PyDict below, PyDict above)
    {
        var merged = below.Copy();
        foreach (var (key, value) in above)
        {
            merged[key] = value;
        }

        return merged;
    }

    private static FreshnessLimit? Limit(
        PyDict freshness,
        string key,
        Func<string, SourceSpan> placeOf,
        ICollection<Diagnostic> diagnostics
    )
    {
        if (!freshness.TryGet(key, out var value) || value is null)
        {
            return null;
        }

        if (
            value is PyDict limit
            && limit.TryGet("count", out var count)
            && count is long number and >= 0
            && limit.TryGet("period", out var period)
            && Array.Find(Periods, known => known.Word == period as string) is { Word: not null } found
        )
        {
            return new FreshnessLimit(number, found.Period);
        }

        // A mapping of nothing is what dbt's own manifest writes where there is no limit.
        if (value is not PyDict { Count: 0 })
        {
            diagnostics.Add(
                ProjectDiagnostics.InvalidConfig(
                    placeOf(key),
                    key,
                    PyText.Repr(value),
                    "a whole number as 'count', and minute, hour or day as 'period'"
                )
            );
        }

        return null;
    }
}
