using System.Text.RegularExpressions;
using Analytics.PgQuery;

namespace Analytics.Compiler.Rendering;

/// <summary>
/// What a template writes into a string becomes data: rows must not name the place where their table was built. Unlike a
/// name, a string can say the final name at once.
/// </summary>
public static partial class StringLiterals
{
    /// <summary>One rendering of a template with the strings of another.</summary>
    /// <param name="now">What runs, on relations where they are built.</param>
    /// <param name="final">The same template with the final names.</param>
    /// <returns>
    /// <paramref name="now"/> as it is where the two differ in more than names and strings, or where the SQL asks the catalog,
    /// in which a relation is found under the name it has now.
    /// </returns>
    public static RenderedSql Take(RenderedSql now, RenderedSql final)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(final);
        if (now.Text == final.Text || !now.Text.Contains('\'', StringComparison.Ordinal) || Catalog().IsMatch(now.Text))
        {
            return now;
        }

        var here = PgParser.Scan(now.Text).Tokens;
        var there = PgParser.Scan(final.Text).Tokens;
        if (here.Length != there.Length)
        {
            return now;
        }

        // From the end, so that places before it stay where they are.
        var result = now;
        for (var i = here.Length - 1; i >= 0; i--)
        {
            if (here[i].Kind != there[i].Kind)
            {
                return now;
            }

            var text = there[i].Text(final.Text);
            if (here[i].Kind == PgTokenKind.String && !here[i].Text(now.Text).SequenceEqual(text))
            {
                result = result.Replace(here[i].Start, here[i].Length, text.ToString());
            }
        }

        return result;
    }

    [GeneratedRegex(
        @"\binformation_schema\b|\bpg_[a-z]|regclass\b|\bdblink",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Catalog();
}
