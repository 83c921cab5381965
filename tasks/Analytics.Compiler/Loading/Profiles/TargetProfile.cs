namespace Analytics.Compiler.Loading.Profiles;

/// <summary>A named connection, read from <c>profiles.yml</c> and rendered, or the embedded default.</summary>
/// <param name="ProfileName">The profile it belongs to.</param>
/// <param name="Name">The target's name, for example <c>dev</c>.</param>
/// <param name="Embedded">
/// True when the server is the private PostgreSQL of the project: no profile is configured, or its host is
/// <c>embedded</c>. Host, port and password are then known only when the server runs.
/// </param>
/// <param name="Host">Host name or socket folder.</param>
/// <param name="Port">TCP port.</param>
/// <param name="User">Login role.</param>
/// <param name="Database">The one database.</param>
/// <param name="Schema">The default schema of models.</param>
/// <param name="Threads">How many nodes may run at once; at least one.</param>
/// <param name="Password">Never part of a message or of <c>ToString</c>.</param>
/// <param name="Settings">
/// The other keys with their values as text: <c>sslmode</c>, <c>sslrootcert</c>, <c>sslcert</c>, <c>sslkey</c>,
/// <c>role</c>, <c>search_path</c>, <c>connect_timeout</c>, <c>keepalives_idle</c>, <c>application_name</c>, <c>retries</c>.
/// </param>
public sealed record TargetProfile(
    string ProfileName,
    string Name,
    bool Embedded,
    string Host,
    int Port,
    string User,
    string Database,
    string Schema,
    int Threads,
    Secret? Password,
    IReadOnlyDictionary<string, string> Settings
);

/// <summary>A text that no message, log or artifact may hold.</summary>
/// <param name="value">The text.</param>
public sealed class Secret(string value)
{
    /// <summary>Gives the text to the one who needs it.</summary>
    public string Reveal() => value;

    /// <summary>Always three asterisks.</summary>
    public override string ToString() => "***";
}
