using System.Text;

namespace Analytics.Compiler.Loading;

/// <summary>
/// The <c>.env</c> of a project, which dbt reads too: variables for <c>env_var</c> that the environment itself does not have.
/// It may hold secrets, so it is read from the project's folder at each build and publish, and is in no artifact.
/// </summary>
/// <param name="outer">The environment: what it has counts.</param>
/// <param name="variables">What the file has.</param>
public sealed class DotEnvFile(IEnvironment outer, IReadOnlyDictionary<string, string> variables) : IEnvironment
{
    private const string FileName = ".env";

    /// <summary>An environment with the file of a folder; without one it is the same environment.</summary>
    /// <param name="outer">The environment.</param>
    /// <param name="directory">The project's folder.</param>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static IEnvironment Over(IEnvironment outer, string directory)
    {
        ArgumentNullException.ThrowIfNull(outer);
        var path = Path.Combine(directory, FileName);
        return File.Exists(path) ? new DotEnvFile(outer, Parse(File.ReadAllText(path))) : outer;
    }

    /// <summary>
    /// Reads lines such as <c>NAME=value</c>, <c>export NAME="a\nb"</c> and <c>NAME='as it is' # why</c>. A line of any other
    /// kind is nothing; of two lines for one name the last counts.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var rest = line.Trim();
            rest = rest.StartsWith("export ", StringComparison.Ordinal) ? rest["export ".Length..].TrimStart() : rest;
            var equals = rest.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && rest[0] != '#')
            {
                variables[rest[..equals].TrimEnd()] = Value(rest[(equals + 1)..].TrimStart());
            }
        }

        return variables;
    }

    /// <inheritdoc />
    public string? Get(string name) => outer.Get(name) ?? variables.GetValueOrDefault(name);

    private static string Value(string text)
    {
        if (text.Length == 0 || text[0] is not ('\'' or '"'))
        {
            var comment = text.IndexOf(" #", StringComparison.Ordinal);
            return (comment < 0 ? text : text[..comment]).TrimEnd();
        }

        var value = new StringBuilder();
        for (var i = 1; i < text.Length && text[i] != text[0]; i++)
        {
            // Within single quotes nothing is escaped.
            if (text[i] == '\\' && text[0] == '"' && i + 1 < text.Length)
            {
                i++;
                value.Append(
                    text[i] switch
                    {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        var other => other,
                    }
                );
            }
            else
            {
                value.Append(text[i]);
            }
        }

        return value.ToString();
    }
}
