using System.Globalization;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Compiler.Resolving;
using Npgsql;

namespace Analytics.Deployment.Applying.Connecting;

/// <summary>Makes the connections of one publish from the target's settings.</summary>
internal static class ConnectionFactory
{
    // Seconds. The connection that holds the lock says nothing while the workers work, which may take hours; what forgets silent
    // connections on the way does so after some minutes.
    private const int SessionKeepAlive = 30;

    /// <summary>
    /// Where the connection comes from that holds the publish's lock. Not every publish that asks for the lock gets it: who has it ends the
    /// members of a dead one, so this connection is no member.
    /// </summary>
    /// <param name="target">The target, for its settings.</param>
    /// <param name="address">Where the server is.</param>
    /// <param name="project">The project's name, for <c>application_name</c>.</param>
    /// <exception cref="ArgumentException">A setting has a value that the driver does not take; the message names it.</exception>
    public static NpgsqlDataSource CreateSession(TargetProfile target, ServerAddress address, string project)
    {
        var builder = Builder(target, address, project);
        builder.ConnectionStringBuilder.KeepAlive = SessionKeepAlive;
        return Build(builder, Role(target.Settings));
    }

    /// <summary>The pool of the workers. Nothing is connected yet; the publish's lock must be held before that.</summary>
    /// <param name="target">The target, for its settings.</param>
    /// <param name="address">Where the server is.</param>
    /// <param name="project">The project's name, for <c>application_name</c>.</param>
    /// <param name="publishLock">The lock whose shared part every connection takes.</param>
    /// <exception cref="ArgumentException">A setting has a value that the driver does not take; the message names it.</exception>
    public static NpgsqlDataSource CreateWorkers(
        TargetProfile target,
        ServerAddress address,
        string project,
        PublishLock publishLock
    ) =>
        Build(
            Builder(target, address, project),
            [
                FormattableString.Invariant($"select pg_catalog.pg_advisory_lock_shared({publishLock.MemberKey})"),
                .. Role(target.Settings),
            ]
        );

    private static NpgsqlDataSourceBuilder Builder(TargetProfile target, ServerAddress address, string project)
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
        if (connection is { SslMode: SslMode.Require, RootCertificate.Length: > 0 })
        {
            // As libpq does: who names an authority wants it asked.
            connection.SslMode = SslMode.VerifyCA;
        }

        connection.SslCertificate = settings.GetValueOrDefault("sslcert");
        connection.SslKey = settings.GetValueOrDefault("sslkey");

        // As libpq does: the system's own times unless the profile says another.
        connection.TcpKeepAlive = true;
        var idle = Number(settings, "keepalives_idle", 0);
        if (idle > 0)
        {
            connection.TcpKeepAliveTime = idle;
        }

        if (settings.TryGetValue("search_path", out var path) && path.Length > 0)
        {
            connection.Options = "-c search_path=" + EscapeOption(path);
        }

        return builder;
    }

    // The greeting is said once by every new connection, in one round trip.
    private static NpgsqlDataSource Build(NpgsqlDataSourceBuilder builder, IReadOnlyList<string> greeting)
    {
        if (greeting.Count > 0)
        {
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
        }

        return builder.Build();
    }

    private static IReadOnlyList<string> Role(IReadOnlyDictionary<string, string> settings) =>
        settings.TryGetValue("role", out var role) && role.Length > 0
            ? ["set role " + RelationName.Quote(Fold(role))]
            : [];

    private static NpgsqlBatch Batch(NpgsqlConnection connection, IReadOnlyList<string> statements)
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
