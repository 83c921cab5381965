namespace Analytics.Compiler.Loading.Shapes;

/// <summary>The keys of <c>profiles.yml</c>: those of dbt's Postgres adapter.</summary>
internal static class ProfileKeys
{
    /// <summary>Keys whose values are kept as text for the connection.</summary>
    public static readonly string[] Settings =
    [
        "application_name",
        "connect_timeout",
        "keepalives_idle",
        "retries",
        "role",
        "search_path",
        "sslcert",
        "sslkey",
        "sslmode",
        "sslrootcert",
    ];

    /// <summary>Those of <see cref="Settings"/> that are whole numbers.</summary>
    public static readonly string[] Numbers = ["connect_timeout", "keepalives_idle", "retries"];

    /// <summary>libpq's values of <c>sslmode</c>.</summary>
    public static readonly string[] SslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    public static readonly KeySet Profile = KeySet.Of("a profile", "target", "outputs", "config");

    public static readonly KeySet Target = KeySet.Of(
        "a postgres target",
        [.. Settings, "type", "host", "port", "user", "password", "pass", "database", "dbname", "schema", "threads"]
    );
}
