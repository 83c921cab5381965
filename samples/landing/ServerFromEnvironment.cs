using System.Globalization;
using Npgsql;

namespace Analytics.Landing;

/// <summary>
/// libpq's environment variables as a connection string. Npgsql itself reads the user, the passwords and the TLS settings, but not where the
/// server is. No argument of this program can hold a password.
/// </summary>
internal static class ServerFromEnvironment
{
    public static string ConnectionString(Func<string, string?> variable)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = variable("PGHOST") is { Length: > 0 } host ? host : "localhost",
            Username = variable("PGUSER"),
            Database = variable("PGDATABASE"),
            Passfile = variable("PGPASSFILE"),
            ApplicationName = "analytics-landing",
            // A million rows take seconds, and the index of a hundred million takes minutes.
            CommandTimeout = 0,
        };
        if (int.TryParse(variable("PGPORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            settings.Port = port;
        return settings.ConnectionString;
    }
}
