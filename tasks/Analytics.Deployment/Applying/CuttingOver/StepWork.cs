using System.Collections.Immutable;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>The statements of one step of the cut-over.</summary>
/// <param name="Quiet">They take no lock that a reader notices, so they run before any such lock is taken.</param>
/// <param name="Locking">They run while readers wait.</param>
/// <param name="DisturbsViews">Whether views that read the relation must be dropped before and created again after.</param>
internal sealed record StepWork(ImmutableArray<Statement> Quiet, ImmutableArray<Statement> Locking, bool DisturbsViews)
{
    /// <summary>Foreign keys of a new table; they are made when every table is where it belongs and has its rows.</summary>
    public ImmutableArray<Statement> Keys { get; init; } = [];

    /// <summary>The same work with nothing before the locks.</summary>
    public StepWork Late() => this with { Quiet = [], Locking = [.. Quiet, .. Locking] };

    /// <summary>Work that no reader waits for.</summary>
    public static StepWork WithoutLocks(IEnumerable<string> statements) =>
        new([.. statements.Select(statement => new Statement(statement))], [], false);

    /// <summary>Work that readers wait for.</summary>
    public static StepWork WithLocks(IEnumerable<string> statements, bool disturbsViews) =>
        new([], [.. statements.Select(statement => new Statement(statement))], disturbsViews);
}
