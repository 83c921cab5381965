using System.Globalization;
using System.Text.RegularExpressions;

namespace Analytics.EmbeddedPostgres.Locating;

/// <summary>Tells whether a folder holds a PostgreSQL that can run a private server, and which.</summary>
internal static partial class InstallationProbe
{
    /// <summary>The three programs that a private server needs; client-only packages have none of them.</summary>
    private static readonly string[] Programs = ["postgres", "initdb", "pg_ctl"];

    /// <summary>The installation in a folder; or null and the reason in words.</summary>
    public static PostgresInstallation? Probe(SearchPlace place, out string reason)
    {
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var missing = Programs.Where(name => !File.Exists(Path.Combine(place.Directory, name + suffix))).ToList();
        if (missing.Count > 0)
        {
            reason = "no " + string.Join(", ", missing);
            return null;
        }

        var line = ProgramOutput.FirstLine(Path.Combine(place.Directory, Programs[0] + suffix), "--version");
        if (line is null || ParseVersion(line) is not { } version)
        {
            reason = line is null ? "postgres does not run" : $"postgres says '{line}'";
            return null;
        }

        reason = "PostgreSQL " + version;
        return new PostgresInstallation(Path.GetFullPath(place.Directory), version, place.Origin);
    }

    /// <summary>Reads <c>postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)</c> or <c>… 19beta1</c>; null for anything else.</summary>
    internal static Version? ParseVersion(string line)
    {
        var match = VersionLine().Match(line);
        if (!match.Success)
            return null;
        var minor = match.Groups[2].Success ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return new Version(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), minor);
    }

    [GeneratedRegex(@"^postgres \([^)]+\) ([0-9]{1,4})(?:\.([0-9]{1,4}))?", RegexOptions.CultureInvariant)]
    private static partial Regex VersionLine();
}
