namespace Analytics.Deployment.Planning.Selection;

/// <summary>
/// The shell patterns of dbt's selection, as Python's <c>fnmatch</c> reads them: <c>*</c>, <c>?</c>, <c>[a-z]</c> and <c>[!a-z]</c>. A star
/// also crosses slashes and dots; a bracket that nothing closes is a bracket. Upper and lower case differ.
/// </summary>
internal static class Glob
{
    /// <summary>Whether there is anything but plain text in it.</summary>
    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny("*?[]") >= 0;

    /// <summary>Whether the whole text fits the pattern.</summary>
    public static bool Fits(string pattern, string text)
    {
        // Where the last star stood, and how much of the text it has taken so far.
        var (star, taken) = (-1, 0);
        var (at, i) = (0, 0);
        while (i < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, taken) = (at++, i);
            }
            else if (at < pattern.Length && FitsOne(pattern, at, text[i], out var length))
            {
                (at, i) = (at + length, i + 1);
            }
            else if (star >= 0)
            {
                (at, i) = (star + 1, ++taken);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).IndexOfAnyExcept('*') < 0;
    }

    private static bool FitsOne(string pattern, int at, char character, out int length)
    {
        length = 1;
        if (pattern[at] == '?')
        {
            return true;
        }

        // A bracket right behind the opening one, or behind the negation, is a member of the set.
        var first = at + 1 < pattern.Length && pattern[at + 1] == '!' ? at + 2 : at + 1;
        var close = pattern[at] == '[' && first + 1 < pattern.Length ? pattern.IndexOf(']', first + 1) : -1;
        if (close < 0)
        {
            return pattern[at] == character;
        }

        length = close - at + 1;
        return Holds(pattern.AsSpan(first, close - first), character) != (first == at + 2);
    }

    private static bool Holds(ReadOnlySpan<char> set, char character)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (set[i] <= character && character <= set[i + 2])
                {
                    return true;
                }

                i += 2;
            }
            else if (set[i] == character)
            {
                return true;
            }
        }

        return false;
    }
}
