using System.Globalization;
using Analytics.EmbeddedPostgres.Locating;

namespace Analytics.EmbeddedPostgres;

/// <summary>Finds a PostgreSQL on this machine.</summary>
public static class PostgresLocator
{
    /// <summary>Older ones lack what models may use: MERGE, and UNIQUE NULLS NOT DISTINCT.</summary>
    internal const int OldestMajor = 15;

    /// <summary>
    /// The first of: the explicit setting; the newest installed PostgreSQL; the NuGet package. Programs are asked for their
    /// version, which takes some milliseconds each.
    /// </summary>
    /// <param name="options">What the user set.</param>
    /// <exception cref="PostgresNotFoundException">Nothing fits.</exception>
    public static PostgresInstallation Find(PostgresLocatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Find(options, () => InstalledPlaces.Of(Environment.GetEnvironmentVariable("PATH")));
    }

    /// <summary>As <see cref="Find(PostgresLocatorOptions)"/>, with the places that count as installed given.</summary>
    internal static PostgresInstallation Find(
        PostgresLocatorOptions options,
        Func<IReadOnlyList<SearchPlace>> installed
    )
    {
        var tried = new List<string>();
        if (!string.IsNullOrWhiteSpace(options.BinDirectory))
        {
            const string Setting = "the setting";
            SearchPlace[] places =
            [
                new(Path.Combine(options.BinDirectory, "bin"), Setting),
                new(options.BinDirectory, Setting),
            ];
            return Newest(places, options, tried)
                ?? throw NotFound(options, tried, "Correct or remove the setting of the folder.");
        }

        if (Newest(installed(), options, tried) is { } found)
            return found;
        if (tried.Count == 0)
            tried.Add("PATH, pg_config --bindir and the usual installation folders: nothing there");
        if (!string.IsNullOrWhiteSpace(options.PackageDirectory))
        {
            var native = Path.Combine(options.PackageDirectory, "native", "bin");
            var package = new SearchPlace(native, "the NuGet package in " + options.PackageDirectory);
            if (Newest([package], options, tried) is { } packaged)
                return packaged;
        }
        else
        {
            tried.Add("the NuGet package Analytics.Postgres: not restored for this project");
        }

        throw NotFound(options, tried, "Install PostgreSQL, or set the folder of its programs.");
    }

    private static PostgresInstallation? Newest(
        IEnumerable<SearchPlace> places,
        PostgresLocatorOptions options,
        List<string> tried
    )
    {
        PostgresInstallation? newest = null;
        foreach (var place in places)
        {
            var installation = InstallationProbe.Probe(place, out var reason);
            tried.Add($"{place.Directory} ({place.Origin}): {reason}");
            if (installation is null || !Fits(installation, options.Major))
                continue;
            if (newest is null || installation.Version > newest.Version)
                newest = installation;
        }

        return newest;
    }

    private static bool Fits(PostgresInstallation installation, int? major) =>
        major is null ? installation.Version.Major >= OldestMajor : installation.Version.Major == major;

    private static PostgresNotFoundException NotFound(PostgresLocatorOptions options, List<string> tried, string advice)
    {
        var wanted = options.Major is { } major
            ? "PostgreSQL " + major.ToString(CultureInfo.InvariantCulture)
            : $"PostgreSQL {OldestMajor} or newer";
        return new PostgresNotFoundException(wanted, [.. tried], advice);
    }
}
