namespace Analytics.Deployment.Reporting;

/// <summary>What became of one node.</summary>
/// <param name="UniqueId">The node.</param>
/// <param name="Kind">What was made: <c>view</c>, <c>table</c>, <c>incremental</c>, <c>seed</c>, <c>snapshot</c>, <c>test</c>, <c>unit_test</c>.</param>
/// <param name="Name">The relation for people (<c>gold.fct_trips</c>), the test's name, or <c>model::name</c> of a unit test.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Duration">Time of its own work.</param>
/// <param name="Message">A few words: the rows, the failures, why it was skipped.</param>
/// <param name="RowsAffected">Rows written; null where that means nothing.</param>
/// <param name="Failures">A test's number; null for other nodes, and where it gave none.</param>
/// <param name="CompiledSql">The SQL under final names; null when it was never rendered.</param>
/// <param name="RelationSql">The relation quoted as SQL; of a test, where its failing rows are kept, else null.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Thread">Which worker, from 1; 0 when none was needed.</param>
/// <param name="Position">How many nodes were done with this one, from 1.</param>
/// <param name="Total">How many nodes the publish has.</param>
public sealed record NodeResult(
    string UniqueId,
    string Kind,
    string Name,
    NodeStatus Status,
    TimeSpan Duration,
    string Message,
    long? RowsAffected,
    long? Failures,
    string? CompiledSql,
    string? RelationSql,
    DateTimeOffset StartedAt,
    int Thread,
    int Position,
    int Total
);

/// <summary>What became of a node.</summary>
public enum NodeStatus
{
    /// <summary>Built.</summary>
    Success,

    /// <summary>A test that found nothing.</summary>
    Pass,

    /// <summary>A test of severity warn that found something.</summary>
    Warn,

    /// <summary>A test that found something.</summary>
    Fail,

    /// <summary>The server refused it.</summary>
    Error,

    /// <summary>Something it reads failed.</summary>
    Skipped,

    /// <summary>Left as an earlier publish made it: nothing about it changed.</summary>
    Reused,
}
