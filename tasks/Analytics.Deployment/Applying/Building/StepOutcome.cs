using System.Collections.Immutable;
using System.Globalization;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Deployment.Planning.Incremental;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Applying.Building;

/// <summary>What executing a step gave.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Message">A few words for people.</param>
internal sealed record StepOutcome(NodeStatus Status, string Message)
{
    /// <summary>The outcome of a node that could not be built, which the last of some diagnostics says best.</summary>
    public static StepOutcome Failed(ImmutableArray<Diagnostic> diagnostics) =>
        new(NodeStatus.Error, diagnostics.IsEmpty ? "failed" : diagnostics[^1].Message) { Diagnostics = diagnostics };

    /// <summary>The outcome of a node that has rows.</summary>
    public static StepOutcome Built(long rows) =>
        new(NodeStatus.Success, rows.ToString("N0", CultureInfo.InvariantCulture) + (rows == 1 ? " row" : " rows"))
        {
            Rows = rows,
        };

    /// <summary>Rows written; null where that means nothing.</summary>
    public long? Rows { get; init; }

    /// <summary>A test's number; null for other nodes.</summary>
    public long? Failures { get; init; }

    /// <summary>Whether the failing rows of a test are in a table until there can be a view of them.</summary>
    public bool RowsWait { get; init; }

    /// <summary>The author's SQL on final names; null when it was not rendered.</summary>
    public RenderedSql? Final { get; init; }

    /// <summary>The query, on final names, of a view that a macro made; null for all else.</summary>
    public RenderedSql? View { get; init; }

    /// <summary>What the cut-over must do to the columns of a table that takes rows; null for other steps.</summary>
    public SchemaChange? Change { get; init; }

    /// <summary>Statements that add foreign keys in the cut-over, when the rows are there that they lead to.</summary>
    public ImmutableArray<string> Keys { get; init; } = [];

    /// <summary>What to tell.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Whether it keeps the publish from being cut over.</summary>
    public bool IsRed => Status is NodeStatus.Fail or NodeStatus.Error or NodeStatus.Skipped;
}
