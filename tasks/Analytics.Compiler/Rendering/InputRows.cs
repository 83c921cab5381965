using Analytics.Compiler.Rendering.Context;

namespace Analytics.Compiler.Rendering;

/// <summary>Which rows nodes get of what they read by <c>ref</c> and <c>source</c>.</summary>
/// <param name="None">None at all: dbt's <c>--empty</c>.</param>
/// <param name="Sample">
/// Those of a time only, where what is read says by <c>event_time</c> which time a row has, and the reader is a model or a snapshot:
/// dbt's <c>--sample</c>. Null for all.
/// </param>
public sealed record InputRows(bool None, EventWindow? Sample)
{
    /// <summary>
    /// The time whose batches <c>microbatch</c> models do instead of those that are due: dbt's <c>--event-time-start</c> and
    /// <c>--event-time-end</c>. Null for those that are due.
    /// </summary>
    public EventWindow? Batches { get; init; }

    /// <summary>Every row.</summary>
    public static InputRows All { get; } = new(false, null);

    /// <summary>How the alias of the subquery begins that gives no rows.</summary>
    internal const string LimitAlias = "_dbt_limit_subq_";

    /// <summary>What a template writes for a relation, so far as no time matters: dbt's subquery where there shall be no rows.</summary>
    internal RelationValue Limit(RelationValue relation) =>
        None
            ? relation with
            {
                Instead = $"(select * from {relation.Render()} where false limit 0) {LimitAlias}{relation.Identifier}",
            }
            : relation;
}
