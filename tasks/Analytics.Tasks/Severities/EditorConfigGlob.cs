using System.Text;
using System.Text.RegularExpressions;

namespace Analytics.Tasks.Severities;

/// <summary>
/// A section header: <c>*</c> stays in a folder, <c>**</c> does not, <c>?</c> is one character, <c>[ab]</c> and
/// <c>[!ab]</c> choose one, <c>{a,b}</c> chooses a text, <c>{1..9}</c> a number. Without a <c>/</c> it fits a name in any
/// folder.
/// </summary>
internal sealed class EditorConfigGlob
{
    private readonly Regex expression;

    private EditorConfigGlob(Regex expression) => this.expression = expression;

    /// <summary>Whether a file is meant.</summary>
    /// <param name="relativePath">Below the folder of the <c>.editorconfig</c>, with <c>/</c>.</param>
    public bool Matches(string relativePath) => expression.IsMatch(relativePath);

    /// <summary>Reads a header without its brackets. A bracket or brace that is never closed stands for itself.</summary>
    public static EditorConfigGlob Parse(string glob)
    {
        var pattern = new StringBuilder("^");
        if (!glob.Contains('/', StringComparison.Ordinal))
        {
            pattern.Append("(?:.*/)?");
        }

        Append(pattern, glob.StartsWith('/') ? glob[1..] : glob);

        return new EditorConfigGlob(Compile(pattern.Append('$').ToString()));
    }

    // A header comes from a file that anybody may write: it may take linear time at most, and [z-a] is no range.
    private static Regex Compile(string pattern)
    {
        const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        try
        {
            return new Regex(pattern, Options);
        }
        catch (RegexParseException)
        {
            return new Regex("^[^\\s\\S]$", Options);
        }
    }

    private static void Append(StringBuilder pattern, string glob)
    {
        var openBraces = 0;
        for (var i = 0; i < glob.Length; i++)
        {
            var character = glob[i];
            switch (character)
            {
                case '*' when i + 1 < glob.Length && glob[i + 1] == '*':
                    // "a/**/b" fits "a/b" too.
                    var between = i > 0 && glob[i - 1] == '/' && i + 2 < glob.Length && glob[i + 2] == '/';
                    pattern.Append(between ? "(?:.*/)?" : ".*");
                    i += between ? 2 : 1;
                    break;
                case '*':
                    pattern.Append("[^/]*");
                    break;
                case '?':
                    pattern.Append("[^/]");
                    break;
                case '[' when glob.IndexOf(']', i) is var end && end > i + 1:
                    pattern.Append(CharacterClass(glob[(i + 1)..end]));
                    i = end;
                    break;
                case '{' when NumberRange(glob, i) is { } range:
                    pattern.Append(range.Pattern);
                    i = range.End;
                    break;
                case '{' when glob.IndexOf('}', i) > 0:
                    openBraces++;
                    pattern.Append("(?:");
                    break;
                case '}' when openBraces > 0:
                    openBraces--;
                    pattern.Append(')');
                    break;
                case ',' when openBraces > 0:
                    pattern.Append('|');
                    break;
                case '\\' when i + 1 < glob.Length:
                    pattern.Append(Regex.Escape(glob[++i].ToString()));
                    break;
                default:
                    pattern.Append(Regex.Escape(character.ToString()));
                    break;
            }
        }

        pattern.Append(')', openBraces);
    }

    private static string CharacterClass(string members)
    {
        var negated = members.StartsWith('!');
        var list = (negated ? members[1..] : members)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("^", "\\^", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal);
        return list.Length == 0 ? Regex.Escape($"[{members}]") : $"[{(negated ? "^/" : string.Empty)}{list}]";
    }

    // {3..12} fits any whole number: which one is not looked at, since no name of ours turns on it.
    private static (string Pattern, int End)? NumberRange(string glob, int start)
    {
        var end = glob.IndexOf('}', start);
        if (end < 0)
        {
            return null;
        }

        var parts = glob[(start + 1)..end].Split("..");
        return parts.Length == 2 && parts.All(part => long.TryParse(part, out _)) ? ("[+-]?[0-9]+", end) : null;
    }
}
