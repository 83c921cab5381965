using Microsoft.Win32;

namespace Analytics.EmbeddedPostgres.Locating;

/// <summary>
/// Where the usual installers put PostgreSQL on this system. Debian, Fedora and Alpine keep <c>initdb</c> off the PATH, so
/// the PATH alone is not enough.
/// </summary>
internal static class InstalledPlaces
{
    private static readonly string[] LinuxPatterns =
    [
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/usr/libexec/postgresql*",
        "/usr/local/pgsql/bin",
        "/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
    ];

    private static readonly string[] MacPatterns =
    [
        "/opt/homebrew/opt/postgresql*/bin",
        "/usr/local/opt/postgresql*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
        "/Library/PostgreSQL/*/bin",
    ];

    /// <summary>All folders worth a look, each once, the PATH first, then pg_config, then the installers' folders.</summary>
    public static IReadOnlyList<SearchPlace> Of(string? pathVariable)
    {
        var places = new List<SearchPlace>();
        var seen = new HashSet<string>(StringComparer.Ordinal);

        void Add(string directory, string origin)
        {
            if (seen.Add(Path.TrimEndingDirectorySeparator(directory)))
                places.Add(new SearchPlace(directory, origin));
        }

        var path = (pathVariable ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified)
            .ToList();
        var server = OperatingSystem.IsWindows() ? "postgres.exe" : "postgres";
        foreach (var directory in path.Where(directory => File.Exists(Path.Combine(directory, server))))
            Add(directory, "PATH");
        if (PgConfigBinDirectory(path) is { } configured)
            Add(configured, "pg_config --bindir");
        if (OperatingSystem.IsWindows())
        {
            foreach (var directory in RegistryDirectories())
                Add(directory, "the Windows registry");
            var programs = Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles);
            if (programs.Length > 0)
                foreach (var directory in Expand(Path.Combine(programs, "PostgreSQL", "*", "bin")))
                    Add(directory, Path.Combine(programs, "PostgreSQL"));
        }
        else
        {
            foreach (var pattern in OperatingSystem.IsMacOS() ? MacPatterns : LinuxPatterns)
            foreach (var directory in Expand(pattern))
                Add(directory, pattern);
        }

        return places;
    }

    /// <summary>The folders that a pattern with one <c>*</c> in one segment names, in ordinal order.</summary>
    internal static IEnumerable<string> Expand(string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
            return Directory.Exists(pattern) ? [pattern] : [];
        var separators = new[] { Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar };
        var start = pattern.LastIndexOfAny(separators, star) + 1;
        var end = pattern.IndexOfAny(separators, star);
        var parent = pattern[..start];
        var segment = end < 0 ? pattern[start..] : pattern[start..end];
        var rest = end < 0 ? "" : pattern[(end + 1)..];
        if (!Directory.Exists(parent))
            return [];
        return Directory
            .EnumerateDirectories(parent, segment)
            .Select(found => Path.Combine(found, rest))
            .Where(Directory.Exists)
            .Order(StringComparer.Ordinal);
    }

    private static string? PgConfigBinDirectory(IEnumerable<string> path)
    {
        var name = OperatingSystem.IsWindows() ? "pg_config.exe" : "pg_config";
        var program = path.Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
        if (program is null)
            return null;
        var line = ProgramOutput.FirstLine(program, "--bindir");
        return line is { Length: > 0 } && Path.IsPathFullyQualified(line) ? line : null;
    }

    private static IEnumerable<string> RegistryDirectories()
    {
        if (!OperatingSystem.IsWindows())
            yield break;
        using var installations = Registry.LocalMachine.OpenSubKey(@"SOFTWARE\PostgreSQL\Installations");
        foreach (
            var name in installations?.GetSubKeyNames().Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()
        )
        {
            using var installation = installations!.OpenSubKey(name);
            if (installation?.GetValue("Base Directory") is string { Length: > 0 } directory)
                yield return Path.Combine(directory, "bin");
        }
    }
}
