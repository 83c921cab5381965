using System.Globalization;

namespace Analytics.Compiler.Rendering;

/// <summary>One batch of a <c>microbatch</c> model.</summary>
/// <param name="Id">What templates see as <c>model.batch.id</c>.</param>
/// <param name="Start">Where it begins, UTC.</param>
/// <param name="End">Where it ends, UTC; not part of it.</param>
public sealed record BatchWindow(string Id, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The rows of a relation that are of this batch, as the subquery that dbt puts in the relation's place.</summary>
    /// <param name="relation">The relation as SQL.</param>
    /// <param name="identifier">Its name, for the alias.</param>
    /// <param name="eventTime">The column or expression that says when a row happened.</param>
    internal string Of(string relation, string? identifier, string eventTime) =>
        $"(select * from {relation} where {eventTime} >= '{Text(Start)}' and {eventTime} < '{Text(End)}') _dbt_et_filter_subq_{identifier}";

    private static string Text(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "+00:00";
}
