using System.Globalization;
using System.Text;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Regexes;

/// <summary>The template of <c>re.sub</c>: <c>\1</c>, <c>\g&lt;name&gt;</c> and the escapes of texts.</summary>
internal static class Replacement
{
    public static string Expand(string template, PyMatch match)
    {
        if (!template.Contains('\\', StringComparison.Ordinal))
        {
            return template;
        }

        var text = new StringBuilder(template.Length);
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '\\')
            {
                text.Append(template[i]);
                continue;
            }

            if (++i == template.Length)
            {
                throw PyError.Value("bad escape (end of pattern)");
            }

            i = One(template, i, match, text);
        }

        return text.ToString();
    }

    // Appends the escape whose letter is at 'at'; gives the offset of its last character.
    private static int One(string template, int at, PyMatch match, StringBuilder text)
    {
        switch (template[at])
        {
            case 'g' when at + 1 < template.Length && template[at + 1] == '<':
                var close = template.IndexOf('>', at);
                if (close < 0)
                {
                    throw PyError.Value("missing >, unterminated name");
                }

                var name = template[(at + 2)..close];
                object key = long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : name;
                text.Append(match.Group(key));
                return close;
            case '0':
                text.Append('\0');
                return at;
            case >= '1' and <= '9':
                var digits = at + 1 < template.Length && char.IsAsciiDigit(template[at + 1]) ? 2 : 1;
                text.Append(match.Group(long.Parse(template.AsSpan(at, digits), CultureInfo.InvariantCulture)));
                return at + digits - 1;
            case 'n':
                text.Append('\n');
                return at;
            case 't':
                text.Append('\t');
                return at;
            case 'r':
                text.Append('\r');
                return at;
            case '\\':
                text.Append('\\');
                return at;
            case var letter when char.IsAsciiLetter(letter):
                throw PyError.Value($"bad escape \\{letter}");
            default:
                text.Append('\\').Append(template[at]);
                return at;
        }
    }
}
