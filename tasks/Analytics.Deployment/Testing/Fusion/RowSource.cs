using System.Collections.Immutable;

namespace Analytics.Deployment.Testing.Fusion;

/// <summary>What a query reads, seen as rows of one relation: those that meet some conditions, with some expressions over each.</summary>
/// <param name="Relation">The relation as SQL.</param>
/// <param name="Name">What qualifies its columns.</param>
/// <param name="Columns">
/// The expression behind each column, SQL over the relation's own columns, null for one that is none over a row; null as a whole when the
/// columns are those of the relation.
/// </param>
/// <param name="Conditions">SQL over the relation's own columns.</param>
/// <param name="IsGrouped">Whether a row stands for one or more of the relation's.</param>
internal sealed record RowSource(
    string Relation,
    string Name,
    ImmutableDictionary<string, string?>? Columns,
    ImmutableArray<string> Conditions,
    bool IsGrouped
)
{
    // These are no columns of a subquery, where the test may read one.
    private static readonly ImmutableHashSet<string> SystemColumns = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "tableoid",
        "ctid",
        "xmin",
        "cmin",
        "xmax",
        "cmax"
    );

    /// <summary>What a name stands for.</summary>
    /// <param name="path">The parts of the name, unquoted.</param>
    /// <param name="written">Its last part as it is in the text.</param>
    /// <returns>SQL over the relation's own columns; null when it is not known to be one of them.</returns>
    public string? Resolve(IReadOnlyList<string> path, string written)
    {
        // A name of its own may also be the whole row.
        if (
            path.Count is 0 or > 2
            || (path.Count == 2 && path[0] != Name)
            || path[^1] == Name
            || SystemColumns.Contains(path[^1])
        )
        {
            return null;
        }

        return Columns is null ? written
            : Columns.GetValueOrDefault(path[^1]) is { } expression ? $"({expression})"
            : null;
    }
}
