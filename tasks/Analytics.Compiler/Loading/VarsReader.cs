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
    public static VarsResult Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var document = YamlReader.Parse(new SourceFile("Vars", text));
        if (document.Diagnostics is [var first, ..])
        {
            return Failed(first.Message);
        }

        return document.Root switch
        {
            null or YamlScalar { Value: null } => new VarsResult(new PyDict(), []),
            YamlMapping mapping => new VarsResult(YamlValues.ToDict(mapping), []),
            var other => Failed($"{other.KindName} was found"),
        };
    }

    private static VarsResult Failed(string message) => new(new PyDict(), [ProjectDiagnostics.InvalidVars(message)]);
}

/// <summary>What <c>Vars</c> says.</summary>
/// <param name="Vars">Native values by name; empty when the text cannot be read.</param>
/// <param name="Diagnostics">Empty unless the text cannot be read.</param>
public sealed record VarsResult(PyDict Vars, ImmutableArray<Diagnostic> Diagnostics);
