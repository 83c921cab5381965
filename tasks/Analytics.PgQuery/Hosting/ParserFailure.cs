namespace Analytics.PgQuery.Hosting;

/// <summary>A run that cannot go on. The instance it happened in is in an unknown state and must not be used again.</summary>
internal sealed class ParserFailure(ParserFailureReason reason, Exception? inner = null)
    : Exception($"The parser failed: {reason}.", inner)
{
    public ParserFailureReason Reason => reason;
}
