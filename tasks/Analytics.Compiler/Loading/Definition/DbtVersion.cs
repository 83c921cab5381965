using System.Globalization;
using System.Text.RegularExpressions;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>The version of dbt that a project finds here, and what a project asks of it.</summary>
internal static partial class DbtVersion
{
    /// <summary>What <c>dbt_version</c> says, and what <c>require-dbt-version</c> is held against.</summary>
    public const string Text = "1.12.3";

    private static readonly (int Major, int Minor, int Patch) Own = (1, 12, 3);

    /// <summary>Whether this version fits one requirement, such as <c>&gt;=1.6.0</c>; null where that is none.</summary>
    /// <param name="requirement">An operator (none is <c>=</c>) and three numbers; a pre-release is below its release.</param>
    public static bool? Fits(string requirement)
    {
        var match = Requirement().Match(requirement.Trim());
        if (!match.Success)
        {
            return null;
        }

        var order = Own.CompareTo((Number("major"), Number("minor"), Number("patch")));
        order = order == 0 && match.Groups["pre"].Success ? 1 : order;
        return match.Groups["operator"].Value switch
        {
            ">=" => order >= 0,
            ">" => order > 0,
            "<=" => order <= 0,
            "<" => order < 0,
            _ => order == 0,
        };

        int Number(string part) =>
            int.TryParse(match.Groups[part].ValueSpan, CultureInfo.InvariantCulture, out var number)
                ? number
                : int.MaxValue;
    }

    [GeneratedRegex(
        @"^(?<operator>>=|<=|=|>|<)?\s*(?<major>\d+)\.(?<minor>\d+)\.(?<patch>\d+)(?:-?(?<pre>[A-Za-z][0-9A-Za-z.-]*))?(?:\+[0-9A-Za-z.-]+)?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Requirement();
}
