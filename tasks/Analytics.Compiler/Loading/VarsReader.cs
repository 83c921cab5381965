using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Loading;

/// <summary>Reads the property <c>Vars</c>.</summary>
public static class VarsReader
{
    /// <summary>Reads a YAML (or JSON, which is YAML) mapping; a blank text is an empty one.</summary>
    public static VarsResult Parse(string text) =>
        Read("Vars", text, out var problem) is { } mapping
            ? new VarsResult(mapping, [])
            : new VarsResult(new PyDict(), [ProjectDiagnostics.InvalidVars(problem)]);

    /// <summary>Reads the mapping that a property holds; a blank text is an empty one.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="text">Its value.</param>
    /// <param name="problem">Why it cannot be read; empty otherwise.</param>
    /// <returns>Native values by name; null when it cannot be read.</returns>
    public static PyDict? Read(string property, string text, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        var document = YamlReader.Parse(new SourceFile(property, text));
        problem = string.Empty;
        if (document.Diagnostics is [var first, ..])
        {
            problem = first.Message;
            return null;
        }

        switch (document.Root)
        {
            case null or YamlScalar { Value: null }:
                return new PyDict();
            case YamlMapping mapping:
                return YamlValues.ToDict(mapping);
            case var other:
                problem = $"{other.KindName} was found";
                return null;
        }
    }
}

/// <summary>What <c>Vars</c> says.</summary>
/// <param name="Vars">Native values by name; empty when the text cannot be read.</param>
/// <param name="Diagnostics">Empty unless the text cannot be read.</param>
public sealed record VarsResult(PyDict Vars, ImmutableArray<Diagnostic> Diagnostics);
