using System.Globalization;
using System.Text;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Regexes;

/// <summary>
/// Turns Python's regular expression syntax into .NET's. Named groups become numbered ones, because .NET numbers them after
/// all others and Python in order.
/// </summary>
internal sealed class RegexTranslator(string pattern)
{
    private readonly StringBuilder output = new(pattern.Length + 8);
    private int position;
    private int groups;

    /// <summary>Group numbers by name.</summary>
    public Dictionary<string, int> Names { get; } = new(StringComparer.Ordinal);

    public int GroupCount => groups;

    public string Translate()
    {
        while (position < pattern.Length)
        {
            switch (pattern[position])
            {
                case '\\':
                    Escape(inClass: false);
                    break;
                case '[':
                    Class();
                    break;
                case '(':
                    Open();
                    break;
                case '{' when At("{,"):
                    output.Append("{0,");
                    position += 2;
                    break;
                default:
                    output.Append(pattern[position++]);
                    break;
            }
        }

        return output.ToString();
    }

    private bool At(string text) => string.CompareOrdinal(pattern, position, text, 0, text.Length) == 0;

    private void Escape(bool inClass)
    {
        var next =
            position + 1 < pattern.Length ? pattern[position + 1] : throw PyError.Value("bad escape (end of pattern)");
        position += 2;
        output.Append('\\').Append(next == 'Z' && !inClass ? 'z' : next);
    }

    private void Class()
    {
        output.Append(pattern[position++]);
        if (position < pattern.Length && pattern[position] == '^')
        {
            output.Append(pattern[position++]);
        }

        if (position < pattern.Length && pattern[position] == ']')
        {
            output.Append("\\]");
            position++;
        }

        while (position < pattern.Length && pattern[position] != ']')
        {
            if (pattern[position] == '\\')
            {
                Escape(inClass: true);
            }
            else if (pattern[position] == '[')
            {
                output.Append("\\[");
                position++;
            }
            else
            {
                output.Append(pattern[position++]);
            }
        }
    }

    private void Open()
    {
        if (At("(?P<"))
        {
            var name = Name(position + 4, '>');
            Names[name] = ++groups;
            output.Append('(');
            position += name.Length + 5;
        }
        else if (At("(?P="))
        {
            var name = Name(position + 4, ')');
            output.Append(CultureInfo.InvariantCulture, $"(?:\\{Number(name)})");
            position += name.Length + 5;
        }
        else if (At("(?("))
        {
            var name = Name(position + 3, ')');
            output.Append(CultureInfo.InvariantCulture, $"(?({(char.IsAsciiDigit(name[0]) ? name : Number(name))})");
            position += name.Length + 4;
        }
        else
        {
            groups += At("(?") ? 0 : 1;
            output.Append(pattern[position++]);
        }
    }

    private string Number(string name) =>
        Names.TryGetValue(name, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw PyError.Value($"unknown group name '{name}'");

    private string Name(int start, char end)
    {
        var close = pattern.IndexOf(end, start);
        return close > start ? pattern[start..close] : throw PyError.Value("missing group name");
    }
}
