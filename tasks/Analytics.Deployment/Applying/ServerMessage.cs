using Npgsql;

namespace Analytics.Deployment.Applying;

/// <summary>What a server or a driver says, in one line for a diagnostic.</summary>
internal static class ServerMessage
{
    /// <summary>Message, detail, hint and, for a COPY, the line.</summary>
    public static string Of(PostgresException error)
    {
        var text = error.MessageText;
        if (!string.IsNullOrEmpty(error.Detail))
        {
            text += $"; {error.Detail}";
        }

        if (!string.IsNullOrEmpty(error.Hint))
        {
            text += $"; hint: {error.Hint}";
        }

        if (error.Where is { } where && where.StartsWith("COPY ", StringComparison.Ordinal))
        {
            text += $"; {where}";
        }

        return OneLine(text);
    }

    /// <summary>The message of an exception and, where there is one, of what caused it.</summary>
    public static string Of(Exception exception) =>
        exception switch
        {
            StatementException statement => statement.Explanation,
            PostgresException error => Of(error),
            { InnerException: { } inner } => OneLine($"{exception.Message} ({inner.Message})"),
            _ => OneLine(exception.Message),
        };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    /// <summary>Whether an exception says that the server did not do what it was told, and no bug of ours.</summary>
    public static bool IsOfServer(Exception exception) =>
        exception is StatementException or NpgsqlException or OperationCanceledException or InvalidOperationException;
}
