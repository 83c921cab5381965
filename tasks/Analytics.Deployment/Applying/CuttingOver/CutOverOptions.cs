namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>How the cut-over waits for readers.</summary>
/// <param name="LockWait">
/// The longest that an attempt waits for one lock. New readers queue behind it, so it is short; and it is well below PostgreSQL's
/// <c>deadlock_timeout</c> (1 s), so that in a deadlock with a reader the cut-over gives way and never the reader.
/// </param>
/// <param name="StagedWait">
/// The longest that it waits for one staged relation. Nobody but autovacuum works on these, and it gives way when it has been waited for
/// as long as <c>deadlock_timeout</c> (1 s): hence longer than that. No reader waits meanwhile.
/// </param>
/// <param name="Pause">How long readers are left alone between two attempts.</param>
/// <param name="Patience">When to give up.</param>
internal sealed record CutOverOptions(TimeSpan LockWait, TimeSpan StagedWait, TimeSpan Pause, TimeSpan Patience)
{
    /// <summary>The values that a publish uses.</summary>
    public static CutOverOptions Default { get; } =
        new(
            TimeSpan.FromMilliseconds(300),
            TimeSpan.FromMilliseconds(2500),
            TimeSpan.FromMilliseconds(200),
            TimeSpan.FromMinutes(5)
        );
}
