using Npgsql;

namespace Analytics.Deployment.Applying;

/// <summary>The server refused a statement, and it is known which.</summary>
internal class StatementException(PostgresException error, Statement statement) : Exception(error.MessageText, error)
{
    /// <summary>What the server said.</summary>
    public PostgresException Error => error;

    /// <summary>The statement.</summary>
    public Statement Statement => statement;

    /// <summary>The server's message, detail, hint and context in one line.</summary>
    public string Explanation => ServerMessage.Of(error);
}
