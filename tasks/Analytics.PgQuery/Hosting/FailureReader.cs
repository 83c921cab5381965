namespace Analytics.PgQuery.Hosting;

/// <summary>Says in words why SQL could not be parsed that PostgreSQL's grammar has no quarrel with.</summary>
internal static class FailureReader
{
    public static PgSyntaxError Read(ParserFailureReason reason) => new(Message(reason), 0, null);

    private static string Message(ParserFailureReason reason) =>
        reason switch
        {
            ParserFailureReason.Stack => "The SQL is nested too deeply to be parsed",
            ParserFailureReason.Memory => "The SQL needs more memory than the parser may use",
            _ => "PostgreSQL's parser stopped while it read this SQL",
        };
}
