using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Drops old views and materialized views without CASCADE: each before what it reads.</summary>
internal static class DropOrder
{
    /// <summary>The statements; neighbours of one kind go together.</summary>
    /// <param name="views">What is dropped, by object id.</param>
    /// <param name="reads">Pairs of object ids: the first reads the second.</param>
    public static IEnumerable<string> Statements(
        IReadOnlyDictionary<uint, (RelationName Name, RelationKind Kind)> views,
        IReadOnlyCollection<(uint Reader, uint Read)> reads
    )
    {
        var left = new HashSet<uint>(views.Keys);
        var readers = reads.Where(pair => pair.Reader != pair.Read).ToLookup(pair => pair.Read, pair => pair.Reader);
        while (left.Count > 0)
        {
            // PostgreSQL allows no circle of views, so there is always one that nobody reads any more. Of the two kinds the one that has
            // such a view goes first, with all of its kind that are read by none but its like.
            var free = left.Where(oid => !readers[oid].Any(left.Contains)).Order().ToList();
            var kind = views[free[0]].Kind;
            var together = Closure([.. free.Where(oid => views[oid].Kind == kind)], kind, views, readers, left);
            left.ExceptWith(together);
            yield return $"drop {kind.Sql()} {string.Join(", ", together.Select(oid => SqlText.Local(views[oid].Name)))}";
        }
    }

    private static ImmutableArray<uint> Closure(
        List<uint> free,
        RelationKind kind,
        IReadOnlyDictionary<uint, (RelationName Name, RelationKind Kind)> views,
        ILookup<uint, uint> readers,
        HashSet<uint> left
    )
    {
        var together = new HashSet<uint>(free);
        var candidates = left.Where(oid => views[oid].Kind == kind && !together.Contains(oid)).ToList();
        for (var grown = true; grown; )
        {
            var more = candidates
                .Where(oid => !together.Contains(oid))
                .Where(oid => readers[oid].All(reader => !left.Contains(reader) || together.Contains(reader)))
                .ToList();
            together.UnionWith(more);
            grown = more.Count > 0;
        }

        return [.. together.Order()];
    }
}
