namespace Analytics.EmbeddedPostgres;

/// <summary>
/// The private server could not be made, started, reached or stopped. The message is for the user: it names the folder
/// and quotes what PostgreSQL said. It never holds a password.
/// </summary>
public class EmbeddedPostgresException : Exception
{
    internal EmbeddedPostgresException(string message)
        : base(message) { }

    internal EmbeddedPostgresException(string message, Exception inner)
        : base(message, inner) { }
}
