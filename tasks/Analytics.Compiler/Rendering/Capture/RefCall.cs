using Analytics.Text;

namespace Analytics.Compiler.Rendering.Capture;

/// <summary>A call of <c>ref</c>.</summary>
/// <param name="Package">The first of two arguments; null with one.</param>
/// <param name="Name">The name.</param>
/// <param name="Version">The version asked for, a string or a number; null for the latest.</param>
/// <param name="Span">The argument that holds the name, with its quotes.</param>
internal sealed record RefCall(string? Package, string Name, object? Version, SourceSpan Span);

/// <summary>A call of <c>function</c>.</summary>
/// <param name="Package">The first of two arguments; null with one.</param>
/// <param name="Name">The name.</param>
/// <param name="Span">The argument that holds the name, with its quotes.</param>
internal sealed record FunctionCall(string? Package, string Name, SourceSpan Span);

/// <summary>A call of <c>source</c>.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Table">The table's name.</param>
/// <param name="Span">Both arguments.</param>
internal sealed record SourceCall(string Source, string Table, SourceSpan Span);
