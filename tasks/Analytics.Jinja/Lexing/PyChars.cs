using System.Globalization;

namespace Analytics.Jinja.Lexing;

/// <summary>Python's classes of characters, where .NET's differ.</summary>
internal static class PyChars
{
    /// <summary>What <c>str.strip()</c>, <c>str.isspace()</c> and <c>\s</c> call white space.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    // Letters that Unicode keeps as such for old identifiers (Other_ID_Start, Other_ID_Continue) are named one by one.
    public static bool IsNameStart(char c) =>
        c < 0x80
            ? char.IsAsciiLetter(c) || c == '_'
            : char.IsLetter(c)
                || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber
                || c is '\u1885' or '\u1886' or '\u2118' or '\u212e' or '\u309b' or '\u309c';

    public static bool IsNamePart(char c) =>
        c < 0x80
            ? char.IsAsciiLetterOrDigit(c) || c == '_'
            : IsNameStart(c)
                || char.GetUnicodeCategory(c)
                    is UnicodeCategory.DecimalDigitNumber
                        or UnicodeCategory.NonSpacingMark
                        or UnicodeCategory.SpacingCombiningMark
                        or UnicodeCategory.ConnectorPunctuation
                || c is '\u00b7' or '\u0387' or '\u19da' or (>= '\u1369' and <= '\u1371');

    /// <summary>The text without white space at its end.</summary>
    public static int TrimEnd(string text, int start, int end)
    {
        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }

    public static int TrimStart(string text, int start, int end)
    {
        while (start < end && IsSpace(text[start]))
        {
            start++;
        }

        return start;
    }
}
