using Analytics.Text;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>A config value with the place that set it.</summary>
/// <param name="Key">The key in dbt's canonical spelling, without <c>+</c>.</param>
/// <param name="Value">Native.</param>
/// <param name="Span">The value where it was written.</param>
internal sealed record ConfigEntry(string Key, object? Value, SourceSpan Span)
{
    /// <summary>The value with its templates as they are written; the same as <see cref="Value"/> where there are none.</summary>
    public object? Unrendered { get; init; } = Value;
}
