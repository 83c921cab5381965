using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;

namespace Analytics.Compiler.Loading.Yaml;

/// <summary>What a YAML text holds.</summary>
/// <param name="Root">The one value; null for an empty text, and for a text that no parser could read.</param>
/// <param name="Diagnostics">In the order of the text.</param>
public sealed record YamlDocument(YamlNode? Root, ImmutableArray<Diagnostic> Diagnostics);
