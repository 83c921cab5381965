using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Analytics.Jinja.Values;

/// <summary>
/// Python's upper and lower case: Unicode's full mapping, where .NET has the simple one. The table holds the letters of
/// SpecialCasing.txt whose upper case is more than one letter.
/// </summary>
internal static class PyCase
{
    private static readonly FrozenDictionary<char, string> Upper = new Dictionary<char, string>
    {
        ['\u00df'] = "SS",
        ['\u0149'] = "\u02bcN",
        ['\u01f0'] = "J\u030c",
        ['\u0390'] = "\u0399\u0308\u0301",
        ['\u03b0'] = "\u03a5\u0308\u0301",
        ['\u0587'] = "\u0535\u0552",
        ['\u1e96'] = "H\u0331",
        ['\u1e97'] = "T\u0308",
        ['\u1e98'] = "W\u030a",
        ['\u1e99'] = "Y\u030a",
        ['\u1e9a'] = "A\u02be",
        ['\ufb00'] = "FF",
        ['\ufb01'] = "FI",
        ['\ufb02'] = "FL",
        ['\ufb03'] = "FFI",
        ['\ufb04'] = "FFL",
        ['\ufb05'] = "ST",
        ['\ufb06'] = "ST",
    }.ToFrozenDictionary();

    public static string ToUpper(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.AsSpan().ContainsAnyInRange('a', 'z')
                ? string.Create(text.Length, text, static (target, source) => Ascii.ToUpper(source, target, out _))
                : text;
        }

        return Expand(text.ToUpperInvariant());
    }

    public static string ToLower(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.AsSpan().ContainsAnyInRange('A', 'Z')
                ? string.Create(text.Length, text, static (target, source) => Ascii.ToLower(source, target, out _))
                : text;
        }

        var builder = new StringBuilder(text.ToLowerInvariant());
        var added = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\u0130')
            {
                builder[i + added] = 'i';
                builder.Insert(i + ++added, '\u0307');
            }
            else if (text[i] == '\u03a3' && IsFinal(text, i))
            {
                builder[i + added] = '\u03c2';
            }
        }

        return builder.ToString();
    }

    public static string CaseFold(string text) =>
        ToLower(text)
            .Replace("\u00df", "ss", StringComparison.Ordinal)
            .Replace('\u03c2', '\u03c3')
            .Replace("\ufb01", "fi", StringComparison.Ordinal);

    public static string Capitalize(string text) => text.Length == 0 ? "" : Title(text[..1]) + ToLower(text[1..]);

    /// <summary>Upper case for the first letter of each run of letters, lower case for the rest.</summary>
    public static string ToTitle(string text)
    {
        var builder = new StringBuilder(text.Length);
        var inWord = false;
        foreach (var c in text)
        {
            var cased =
                char.IsUpper(c) || char.IsLower(c) || char.GetUnicodeCategory(c) == UnicodeCategory.TitlecaseLetter;
            builder.Append(
                !cased ? c.ToString()
                : inWord ? char.ToLowerInvariant(c).ToString()
                : Title(c.ToString())
            );
            inWord = cased;
        }

        return builder.ToString();
    }

    public static string SwapCase(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            builder.Append(
                char.IsUpper(c) ? ToLower(c.ToString())
                : char.IsLower(c) ? ToUpper(c.ToString())
                : c.ToString()
            );
        }

        return builder.ToString();
    }

    private static string Title(string letter)
    {
        var upper = ToUpper(letter);
        return upper.Length > 1 && char.IsLetter(upper[1]) ? upper[..1] + ToLower(upper[1..]) : upper;
    }

    private static string Expand(string upper)
    {
        if (!upper.Any(Upper.ContainsKey))
        {
            return upper;
        }

        var builder = new StringBuilder(upper.Length + 4);
        foreach (var c in upper)
        {
            builder.Append(Upper.TryGetValue(c, out var more) ? more : c.ToString());
        }

        return builder.ToString();
    }

    private static bool IsFinal(string text, int index) =>
        index > 0 && char.IsLetter(text[index - 1]) && (index + 1 == text.Length || !char.IsLetter(text[index + 1]));
}
