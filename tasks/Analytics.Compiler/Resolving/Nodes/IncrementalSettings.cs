using System.Collections.Immutable;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>How an incremental model grows.</summary>
/// <param name="Strategy">How new rows meet old ones.</param>
/// <param name="UniqueKey">Columns or expressions that identify a row, as written; empty when there are none.</param>
/// <param name="Predicates">Further SQL conditions on the rows that may be deleted or updated; empty when there are none.</param>
/// <param name="OnSchemaChange">What a changed column list does.</param>
/// <param name="FullRefresh">The node's own <c>full_refresh</c>, which beats the property; null when not set.</param>
public sealed record IncrementalSettings(
    IncrementalStrategy Strategy,
    ImmutableArray<string> UniqueKey,
    ImmutableArray<string> Predicates,
    OnSchemaChange OnSchemaChange,
    bool? FullRefresh
)
{
    /// <summary>The batches of the strategy <c>microbatch</c>, each of which is merged; null for the other strategies.</summary>
    public BatchSettings? Batches { get; init; }

    /// <summary>The columns that a merge updates, verbatim SQL; empty for all but <see cref="KeptColumns"/>.</summary>
    public ImmutableArray<string> UpdatedColumns { get; init; } = [];

    /// <summary>The columns that a merge leaves as they are, by name in any case.</summary>
    public ImmutableArray<string> KeptColumns { get; init; } = [];
}

/// <summary>How new rows meet old ones.</summary>
public enum IncrementalStrategy
{
    /// <summary><c>insert</c> only.</summary>
    Append,

    /// <summary><c>delete</c> the rows whose key comes again, then <c>insert</c>.</summary>
    DeleteInsert,

    /// <summary><c>merge</c>: rows whose key comes again are updated, others inserted; without a key all are inserted.</summary>
    Merge,
}

/// <summary>What happens when the model's columns are no longer the table's.</summary>
public enum OnSchemaChange
{
    /// <summary>The table's columns are written; a new column is not stored, a missing one is an error.</summary>
    Ignore,

    /// <summary>The publish fails.</summary>
    Fail,

    /// <summary><c>alter table … add column</c> for new ones; missing ones get NULL.</summary>
    AppendNewColumns,

    /// <summary>New ones are added, missing ones dropped, types changed.</summary>
    SyncAllColumns,
}
