using System.Globalization;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Compiler.Resolving;
using Npgsql;

namespace Analytics.Deployment.Applying.Connecting;

/// <summary>Makes the pool of connections of one publish from the target's settings.</summary>
internal static class ConnectionFactory
{
    /// <summary>The pool. Nothing is connected yet.</summary>
    /// <param name="target">The target, for its settings.</param>
    /// <param name="address">Where the server is.</param>
    /// <param name="project">The project's name, for <c>application_name</c>.</param>
    /// <param name="publishLock">The lock whose shared part every connection takes.</param>
    /// <exception cref="ArgumentException">A setting has a value that the driver does not take; the message names it.</exception>
    public static NpgsqlDataSource Create(
        TargetProfile target,
        ServerAddress address,
        string project,
        PublishLock publishLock
    )
    {
        var settings = target.Settings;
        var builder = new NpgsqlDataSourceBuilder();
        var connection = builder.ConnectionStringBuilder;
        connection.Host = address.Host;
        connection.Port = address.Port;
        connection.Database = address.Database;
        connection.Username = address.User;
        connection.Password = address.Password?.Reveal();
        connection.Passfile = address.PassFile;
        connection.ApplicationName =
            settings.GetValueOrDefault("application_name") ?? $"analytics-sdk {project} {target.Name}";
        connection.Timeout = Number(settings, "connect_timeout", 10);
        connection.CommandTimeout = 0;
        connection.MaxPoolSize = 200;
        connection.Multiplexing = false;
        connection.IncludeErrorDetail = true;

        // Nothing of ours needs a reset between two uses of a connection, and it would undo `set role`.
        connection.NoResetOnClose = true;

        // The driver's own look at pg_type costs a round trip of its own; text, numbers and bytes do without.
        builder.ConfigureTypeLoading(options => options.EnableTypeLoading(false));
        if (settings.TryGetValue("sslmode", out var mode))
        {
            connection.SslMode = SslModeOf(mode);
        }

        connection.RootCertificate = settings.GetValueOrDefault("sslrootcert");
        connection.SslCertificate = settings.GetValueOrDefault("sslcert");
        connection.SslKey = settings.GetValueOrDefault("sslkey");
        var idle = Number(settings, "keepalives_idle", 0);
        if (idle > 0)
        {
            connection.TcpKeepAlive = true;
            connection.TcpKeepAliveTime = idle;
        }

        if (settings.TryGetValue("search_path", out var path) && path.Length > 0)
        {
            connection.Options = "-c search_path=" + EscapeOption(path);
        }

        var greeting = Greeting(settings, publishLock);
        builder.UsePhysicalConnectionInitializer(
            opened =>
            {
                using var batch = Batch(opened, greeting);
                batch.ExecuteNonQuery();
            },
            async opened =>
            {
                await using var batch = Batch(opened, greeting);
                await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
            }
        );
        return builder.Build();
    }

    // Said once by every new connection, in one round trip.
    private static List<string> Greeting(IReadOnlyDictionary<string, string> settings, PublishLock publishLock)
    {
        List<string> greeting =
        [
            FormattableString.Invariant($"select pg_catalog.pg_advisory_lock_shared({publishLock.MemberKey})"),
        ];
        if (settings.TryGetValue("role", out var role) && role.Length > 0)
        {
            greeting.Add("set role " + RelationName.Quote(Fold(role)));
        }

        return greeting;
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, List<string> statements)
    {
        var batch = connection.CreateBatch();
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        return batch;
    }

    // libpq's option string: a backslash keeps a space or a backslash.
    private static string EscapeOption(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal);

    // dbt writes the role unquoted, so PostgreSQL folds a plain name to lower case.
    private static string Fold(string role) =>
        role.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$') ? role.ToLowerInvariant() : role;

    private static int Number(IReadOnlyDictionary<string, string> settings, string key, int otherwise)
    {
        if (!settings.TryGetValue(key, out var text) || text.Length == 0)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"'{key}' must be a whole number, but is '{text}'");
    }

    private static SslMode SslModeOf(string mode) =>
        mode switch
        {
            "disable" => SslMode.Disable,
            "allow" => SslMode.Allow,
            "prefer" => SslMode.Prefer,
            "require" => SslMode.Require,
            "verify-ca" => SslMode.VerifyCA,
            "verify-full" => SslMode.VerifyFull,
            _ => throw new ArgumentException(
                $"'sslmode' must be disable, allow, prefer, require, verify-ca or verify-full, but is '{mode}'"
            ),
        };
}
