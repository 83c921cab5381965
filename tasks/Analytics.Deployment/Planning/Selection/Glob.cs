using System.Text;
using System.Text.RegularExpressions;

namespace Analytics.Deployment.Planning.Selection;

/// <summary>The shell patterns of dbt's selection: <c>*</c>, <c>?</c> and <c>[…]</c>; a star also crosses slashes and dots.</summary>
internal static class Glob
{
    /// <summary>Whether there is anything but plain text in it.</summary>
    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny("*?[]") >= 0;

    /// <summary>Whether the whole text fits the pattern, case and all.</summary>
    public static bool Fits(string pattern, string text) =>
        IsPattern(pattern)
            ? Regex.IsMatch(text, ToRegex(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)
            : string.Equals(pattern, text, StringComparison.Ordinal);

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("\\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var close = pattern[i] == '[' ? pattern.IndexOf(']', i + 1) : -1;
            if (close > i + 1)
            {
                var set = pattern[(i + 1)..close].Replace("\\", "\\\\", StringComparison.Ordinal);
                set = set.Replace("[", "\\[", StringComparison.Ordinal);
                regex.Append('[').Append(set.StartsWith('!') ? "^" + set[1..] : set).Append(']');
                i = close;
                continue;
            }

            regex.Append(
                pattern[i] switch
                {
                    '*' => "(?s:.*)",
                    '?' => "(?s:.)",
                    var other => Regex.Escape(other.ToString()),
                }
            );
        }

        return regex.Append("\\z").ToString();
    }
}
