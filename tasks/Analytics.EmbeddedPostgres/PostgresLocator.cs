namespace Analytics.EmbeddedPostgres;

/// <summary>Finds a PostgreSQL on this machine.</summary>
public static class PostgresLocator
{
    /// <summary>
    /// The first of: the explicit setting; the newest installed PostgreSQL; the NuGet package. Programs are asked for their
    /// version, which takes some milliseconds each.
    /// </summary>
    /// <param name="options">What the user set.</param>
    /// <exception cref="PostgresNotFoundException">Nothing fits.</exception>
    public static PostgresInstallation Find(PostgresLocatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        throw new PostgresNotFoundException("PostgreSQL", [], "");
    }
}
