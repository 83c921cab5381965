using System.Collections.Immutable;

namespace Analytics.Tasks.Severities;

/// <summary>One <c>.editorconfig</c>, of which only <c>dotnet_diagnostic.&lt;code&gt;.severity</c> is read.</summary>
/// <param name="IsRoot">Whether no file of a folder above counts.</param>
/// <param name="Rules">In the order of the file; of two rules that fit, the later wins.</param>
internal sealed record EditorConfigFile(bool IsRoot, ImmutableArray<EditorConfigRule> Rules)
{
    private const string Prefix = "dotnet_diagnostic.";
    private const string Suffix = ".severity";

    /// <summary>Reads the text of a file. Lines that mean nothing are passed over, as editors do.</summary>
    public static EditorConfigFile Parse(string text)
    {
        var isRoot = false;
        var rules = ImmutableArray.CreateBuilder<EditorConfigRule>();
        EditorConfigGlob? section = null;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            if (line[0] == '[' && line[^1] == ']')
            {
                section = EditorConfigGlob.Parse(line[1..^1]);
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                continue;
            }

            var key = line[..equals].TrimEnd().ToLowerInvariant();
            var value = Value(line[(equals + 1)..]);
            if (section is null)
            {
                isRoot |= key == "root" && value == "true";
            }
            else if (
                key.StartsWith(Prefix, StringComparison.Ordinal)
                && key.EndsWith(Suffix, StringComparison.Ordinal)
                && key.Length > Prefix.Length + Suffix.Length
                && Severity(value) is { } severity
            )
            {
                rules.Add(new EditorConfigRule(section, key[Prefix.Length..^Suffix.Length], severity));
            }
        }

        return new EditorConfigFile(isRoot, rules.ToImmutable());
    }

    private static string Value(string text)
    {
        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? text : text[..comment]).Trim().ToLowerInvariant();
    }

    private static ConfiguredSeverity? Severity(string value) =>
        value switch
        {
            "none" or "silent" => ConfiguredSeverity.None,
            "suggestion" => ConfiguredSeverity.Suggestion,
            "warning" => ConfiguredSeverity.Warning,
            "error" => ConfiguredSeverity.Error,
            _ => null,
        };
}

/// <summary>One line of a section.</summary>
/// <param name="Files">Which files it is about.</param>
/// <param name="Code">The code in lower case.</param>
/// <param name="Severity">What it becomes.</param>
internal sealed record EditorConfigRule(EditorConfigGlob Files, string Code, ConfiguredSeverity Severity);
