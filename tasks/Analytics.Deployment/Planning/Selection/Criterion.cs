using System.Globalization;

namespace Analytics.Deployment.Planning.Selection;

/// <summary>One word of dbt's selection grammar: <c>2+tag:nightly+</c>.</summary>
/// <param name="Method">The word before the colon; empty when there was none.</param>
/// <param name="Value">What is looked for.</param>
/// <param name="Above">How many generations of what it reads come with it; null for all.</param>
/// <param name="Below">How many generations of its readers come with it; null for all.</param>
/// <param name="BuildAll">The <c>@</c> operator: all readers, and everything that any of them reads.</param>
internal sealed record Criterion(string Method, string Value, int? Above, int? Below, bool BuildAll)
{
    /// <summary>Reads one word. Everything is a criterion: what makes no sense matches nothing.</summary>
    public static Criterion Parse(string word)
    {
        var rest = word.AsSpan();
        var buildAll = rest.StartsWith("@");
        int? above = 0;
        int? below = 0;
        if (buildAll)
        {
            rest = rest[1..];
        }
        else if (LeadingPlus(rest, out var plus))
        {
            above = Depth(rest[..plus]);
            rest = rest[(plus + 1)..];
        }

        if (TrailingPlus(rest, out var last))
        {
            below = Depth(rest[(last + 1)..]);
            rest = rest[..last];
        }

        var colon = rest.IndexOf(':');
        var method = colon > 0 ? rest[..colon].ToString() : string.Empty;
        return new Criterion(method, rest[(colon > 0 ? colon + 1 : 0)..].ToString(), above, below, buildAll);
    }

    private static bool LeadingPlus(ReadOnlySpan<char> text, out int plus)
    {
        plus = text.IndexOfAnyExceptInRange('0', '9');
        return plus >= 0 && text[plus] == '+';
    }

    private static bool TrailingPlus(ReadOnlySpan<char> text, out int plus)
    {
        plus = text.LastIndexOfAnyExceptInRange('0', '9');
        return plus > 0 && text[plus] == '+';
    }

    private static int? Depth(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth : null;
}
