using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Sql;
using Analytics.Jinja.Values;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Writes the statements that give a new relation what the old one had.</summary>
internal static class StateCarrier
{
    /// <summary>Creates a view or materialized view as it was, under its old owner.</summary>
    public static IEnumerable<string> Recreate(RelationState view, string currentUser)
    {
        var options = view.Options.IsEmpty ? string.Empty : $" with ({string.Join(", ", view.Options.Select(Option))})";
        var query = view.Definition!.TrimEnd().TrimEnd(';');
        var kind = view.Kind.Sql();
        yield return view.Stored is { } stored
            ? $"create {kind} {view.Name.ToSql()} using {RelationName.Quote(stored.AccessMethod)}{options}{Tablespace(stored)} as {query} with {(stored.IsPopulated ? string.Empty : "no ")}data"
            : $"create {kind} {view.Name.ToSql()}{options} as {query}";
        foreach (var index in view.Stored?.Indexes ?? [])
        {
            yield return index;
        }

        if (view.Owner != currentUser)
        {
            yield return $"alter {kind} {view.Name.ToSql()} owner to {RelationName.Quote(view.Owner)}";
        }

        if (view.Stored is { IsPopulated: true })
        {
            yield return $"analyze {SqlText.Local(view.Name)}";
        }
    }

    /// <summary>
    /// Gives a relation its old owner back, makes the privileges equal to those of the old relation, and carries its comments over unless the project writes its
    /// own.
    /// </summary>
    /// <param name="old">The relation as it was.</param>
    /// <param name="now">The relation as it is.</param>
    /// <param name="node">The node it is of; null for a view of somebody else.</param>
    public static IEnumerable<string> Carry(RelationState old, RelationState now, RelationNode? node)
    {
        // Only where the server would take it: a role that may not create in the schema any more cannot be given a relation there.
        var owner = old.Owner != now.Owner && old.OwnerMayCreate ? old.Owner : null;
        if (owner is not null)
        {
            yield return $"alter {now.Kind.Sql()} {now.Name.ToSql()} owner to {RelationName.Quote(owner)}";
        }

        foreach (var statement in Grants(old, now, owner).Concat(Comments(old, now, node)).Concat(Storage(old, now)))
        {
            yield return statement;
        }
    }

    // What somebody set for the planner, for vacuum or for replication: dbt's next table would have lost it.
    private static IEnumerable<string> Storage(RelationState old, RelationState now)
    {
        var alter = $"alter {now.Kind.Sql()} {now.Name.ToSql()}";
        var has = now.Options.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        var options = old.Kind == now.Kind ? old.Options.Where(option => !has.Contains(NameOf(option))).ToList() : [];
        if (options.Count > 0)
        {
            yield return $"{alter} set ({string.Join(", ", options.Select(Option))})";
        }

        if (now.Kind is RelationKind.View)
        {
            yield break;
        }

        foreach (var (column, target) in old.StatisticsTargets)
        {
            if (now.ColumnComments.ContainsKey(column) && !now.StatisticsTargets.ContainsKey(column))
            {
                yield return FormattableString.Invariant(
                    $"{alter} alter column {RelationName.Quote(column)} set statistics {target}"
                );
            }
        }

        foreach (var (name, statistics) in old.ExtendedStatistics)
        {
            if (!now.ExtendedStatistics.ContainsKey(name) && statistics.Columns.All(now.ColumnComments.ContainsKey))
            {
                yield return statistics.Definition;
            }
        }

        if (
            old.Kind == now.Kind
            && now.Kind == RelationKind.Table
            && old.ReplicaIdentity is "nothing" or "full"
            && now.ReplicaIdentity == "default"
        )
        {
            yield return $"{alter} replica identity {old.ReplicaIdentity}";
        }

        // Policies are not carried, they stop the publish; without any, nobody but the owner sees a row, and so it has to stay.
        if (now.Kind == RelationKind.Table)
        {
            foreach (var word in old.RowSecurity.Except(now.RowSecurity))
            {
                yield return $"{alter} {word} row level security";
            }
        }
    }

    private static string NameOf(string option) => option.Split('=', 2)[0];

    private static string Tablespace(StoredView stored) =>
        stored.Tablespace is null ? string.Empty : $" tablespace {RelationName.Quote(stored.Tablespace)}";

    private static IEnumerable<string> Grants(RelationState old, RelationState now, string? newOwner)
    {
        // A table that became a view may lack a column that had privileges of its own.
        var wanted = old.Grants.Where(grant => grant.Column is null || now.ColumnComments.ContainsKey(grant.Column));
        return now
            .Grants.Except(old.Grants)
            .Where(grant => newOwner is null || grant.Grantee != newOwner)
            .OrderBy(grant => grant.ToString(), StringComparer.Ordinal)
            .Select(grant => grant.RevokeSql(now.Name))
            .Concat(
                wanted
                    .Where(grant => !now.Grants.Contains(grant))
                    .OrderBy(grant => grant.ToString(), StringComparer.Ordinal)
                    .Select(grant => grant.GrantSql(now.Name))
            );
    }

    // The project's where persist_docs says so, else those it had.
    private static IEnumerable<string> Comments(RelationState old, RelationState now, RelationNode? node)
    {
        // A comment that is there already is a hook's: what the old relation said is older. Without a description dbt says nothing.
        var comment = Persists(node, "relation") ? node!.Description : now.Comment ?? old.Comment;
        if (comment is { Length: > 0 } && comment != now.Comment)
        {
            yield return $"comment on {now.Kind.Sql()} {now.Name.ToSql()} is {SqlText.Literal(comment)}";
        }

        foreach (var (column, current) in now.ColumnComments)
        {
            var declared = Persists(node, "columns")
                ? node!.Columns.FirstOrDefault(entry => entry.Name == column)?.Description
                : null;

            // As with dbt, a column that is declared without a description loses its comment.
            var text = declared ?? current ?? old.ColumnComments.GetValueOrDefault(column);
            if (text is not null && text != (current ?? string.Empty))
            {
                yield return $"comment on column {now.Name.ToSql()}.{RelationName.Quote(column)} is {SqlText.Literal(text)}";
            }
        }
    }

    /// <summary>Whether the project says something of a relation that is not its query.</summary>
    public static bool Speaks(RelationNode node) =>
        node.Grants is not null || Persists(node, "relation") || Persists(node, "columns");

    private static bool Persists(RelationNode? node, string what) =>
        node?.Config.Values.GetValueOrDefault("persist_docs") is PyDict docs
        && docs.TryGet(what, out var flag)
        && flag is true;

    private static string Option(string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? RelationName.Quote(option)
            : $"{RelationName.Quote(option[..equals])} = {SqlText.Literal(option[(equals + 1)..])}";
    }
}
