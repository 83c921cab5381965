using Analytics.Compiler.Loading.Profiles;
using Analytics.EmbeddedPostgres;

namespace Analytics.Deployment.Applying.Connecting;

/// <summary>Where the target's server is, once it is known: an embedded one has a port only while it runs.</summary>
/// <param name="Host">Host name, address or socket folder.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Database">The database.</param>
/// <param name="User">Login role.</param>
/// <param name="Password">Null when the driver finds it in a password file or none is needed.</param>
/// <param name="PassFile">A password file of our own; null for the user's.</param>
internal sealed record ServerAddress(
    string Host,
    int Port,
    string Database,
    string User,
    Secret? Password,
    string? PassFile
)
{
    /// <summary>The address of a configured target.</summary>
    public static ServerAddress Of(TargetProfile target) =>
        new(target.Host, target.Port, target.Database, target.User, target.Password, null);

    /// <summary>The address of the private server.</summary>
    public static ServerAddress Of(EmbeddedServer server) =>
        new(server.Host, server.Port, server.Database, server.User, null, server.PassFilePath);

    /// <summary>For people: host, port, database and user.</summary>
    public override string ToString() => FormattableString.Invariant($"{User}@{Host}:{Port}/{Database}");

    /// <summary>A command that queries the data; it holds no password.</summary>
    public string QueryHint()
    {
        var file = PassFile is null ? string.Empty : $" passfile={Quoted(PassFile)}";
        return FormattableString.Invariant(
            $"psql \"host={Quoted(Host)} port={Port} dbname={Quoted(Database)} user={Quoted(User)}{file}\""
        );
    }

    // libpq: a value with a space or a quote stands in single quotes.
    private static string Quoted(string value) =>
        value.Length > 0 && value.AsSpan().IndexOfAny(" '\\") < 0
            ? value
            : $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
