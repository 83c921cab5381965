using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>Reads the config <c>grants</c>: roles by privilege.</summary>
internal static class GrantsReader
{
    private const string Expected = "a mapping of privileges to roles, for example {select: [reporter]}";

    /// <summary>The privileges; null where the config says nothing, so that nothing is granted and nothing revoked.</summary>
    public static ImmutableArray<GrantDefinition>? Read(MergedConfig config, SettingsReader reader)
    {
        if (config["grants"]?.Value is not { } value || value is PyDict { Count: 0 })
        {
            return null;
        }

        // What is no mapping at all was reported where the kinds of values are looked at.
        if (value is not PyDict privileges)
        {
            return null;
        }

        var grants = ImmutableArray.CreateBuilder<GrantDefinition>();
        foreach (var (privilege, roles) in privileges)
        {
            foreach (var role in roles is PyList list ? list : [roles])
            {
                if (privilege is string name && role is string grantee && grantee.Trim().Length > 0 && IsWord(name))
                {
                    grants.Add(new GrantDefinition(name.Trim().ToUpperInvariant(), Role(grantee.Trim())));
                }
                else
                {
                    reader.Report("grants", value, Expected);
                    return null;
                }
            }
        }

        return grants.ToImmutable();
    }

    // It becomes SQL as it is.
    private static bool IsWord(string privilege) =>
        privilege.Trim() is { Length: > 0 } word && word.All(char.IsAsciiLetter);

    // dbt writes the role into GRANT as it is, so PostgreSQL folds it, and a name that is no plain one has its quotes in the config.
    private static string? Role(string text)
    {
        if (text.Length > 1 && text[0] == '"' && text[^1] == '"')
        {
            return text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal);
        }

        var isPlain = text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$');
        var name = isPlain ? text.ToLowerInvariant() : text;
        return name == "public" ? null : name;
    }
}
