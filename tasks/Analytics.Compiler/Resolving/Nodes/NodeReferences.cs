namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>A call of <c>ref</c> in a node's template.</summary>
/// <param name="Package">The first of two names; null with one.</param>
/// <param name="Name">The name.</param>
/// <param name="Version">The version asked for, a string or a number as it was written; null for the latest.</param>
public sealed record NodeReference(string? Package, string Name, object? Version);

/// <summary>A call of <c>function</c> in a node's template.</summary>
/// <param name="Package">The first of two names; null with one.</param>
/// <param name="Name">The name.</param>
public sealed record FunctionReference(string? Package, string Name);

/// <summary>A call of <c>source</c> in a node's template.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Table">The table's name.</param>
public sealed record SourceReference(string Source, string Table);
