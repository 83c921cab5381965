namespace Analytics.Deployment.Reporting;

/// <summary>What dbt passes on of the server's answer to a node's main statement.</summary>
/// <param name="Message">The command tag as the server writes it.</param>
/// <param name="Code">The tag without its numbers.</param>
/// <param name="Rows">Rows that it wrote or gave.</param>
internal sealed record AdapterResponse(string Message, string Code, long Rows)
{
    /// <summary>Of a node; null where nothing ran, or nothing is known of it.</summary>
    public static AdapterResponse? Of(NodeResult result) =>
        result switch
        {
            { RowsAffected: { } rows } => new(FormattableString.Invariant($"INSERT 0 {rows}"), "INSERT", rows),
            // A data test gives one row, however many it counts.
            { Kind: "test", Failures: not null } => new("SELECT 1", "SELECT", 1),
            _ => null,
        };
}
