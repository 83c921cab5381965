using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Testing.Fusion;
using Analytics.PgQuery;

namespace Analytics.Deployment.Testing.Uniqueness;

/// <summary>
/// Sees by a test's SQL whether it looks for groups of more than one row. As with tests that share a scan, what counts is what was
/// rendered, and whatever is not known to be of this form is none: <c>group by</c> columns <c>having count(*) &gt; 1</c>, over a relation
/// or its rows where columns are not NULL.
/// </summary>
internal static class UniqueTestReader
{
    // Each level is a query in another's FROM.
    private const int DeepestLevel = 8;

    /// <summary>Reads a test's query.</summary>
    /// <param name="sql">The query.</param>
    /// <returns>Null when it asks something else, or it is not sure.</returns>
    public static UniqueTest? Read(string sql) =>
        PgParser.Parse(sql).Tree is { Statements: [{ Node: var statement }] } ? Groups(statement, default, 0) : null;

    // What gives the groups, or all of what another query gives.
    private static UniqueTest? Groups(PgNode query, PgNode outerWith, int level)
    {
        if (
            level > DeepestLevel
            || !IsPlain(query, "havingClause", "groupClause")
            || query.List("fromClause") is not [var from]
        )
        {
            return null;
        }

        var with = query.Node("withClause") is { IsNull: false } own ? own : outerWith;
        if (!query.Node("havingClause").IsNull)
        {
            return IsMoreThanOne(query.Node("havingClause")) && Rows(from, with, level) is { } rows
                ? Grouped(query, rows)
                : null;
        }

        return IsAll(query) && query.Node("whereClause").IsNull && Inner(from, with) is { IsNull: false } inner
            ? Groups(inner, with, level + 1)
            : null;
    }

    private static UniqueTest? Grouped(PgNode query, Source source)
    {
        if (Conditions(query.Node("whereClause"), source) is not { } conditions)
        {
            return null;
        }

        var targets = query.List("targetList").Select(target => target.Node("val")).ToList();
        var columns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in query.List("groupClause"))
        {
            var place = group.Is("A_Const") ? group.Node("ival").Integer("ival") : 0;
            var column = group.Is("A_Const")
                ? place >= 1 && place <= targets.Count
                    ? Column(targets[(int)place - 1], source)
                    : null
                : Column(group, source);
            if (column is null)
            {
                return null;
            }

            columns.Add(column);
        }

        return
            columns.Count > 0
            && targets.All(target =>
                target.IsCountOfRows() || (Column(target, source) is { } name && columns.Contains(name))
            )
            ? new UniqueTest(
                source.Relation,
                columns.ToImmutableSortedSet(StringComparer.Ordinal),
                [.. source.NotNull.Concat(conditions)]
            )
            : null;
    }

    // The rows of a relation, some of which may be left out for NULLs.
    private static Source? Rows(PgNode from, PgNode with, int level)
    {
        if (level > DeepestLevel)
        {
            return null;
        }

        var alias = from.Node("alias").Text("aliasname");
        if (from.Is("RangeVar") && from.Text("schemaname") is { } schema)
        {
            // ONLY leaves out the rows of heirs.
            if (!from.Boolean("inh") || from.Text("relname") is not { } relation)
            {
                return null;
            }

            IEnumerable<string?> parts = [from.Text("catalogname"), schema, relation];
            return new Source(
                string.Join('.', parts.OfType<string>().Select(RelationName.Quote)),
                alias ?? relation,
                ImmutableSortedSet.Create<string>(StringComparer.Ordinal)
            );
        }

        if (
            Inner(from, with) is not { IsNull: false } inner
            || !IsPlain(inner)
            || !IsAll(inner)
            || inner.List("fromClause") is not [var deeper]
            || Rows(deeper, inner.Node("withClause") is { IsNull: false } own ? own : with, level + 1) is not { } rows
            || Conditions(inner.Node("whereClause"), rows) is not { } conditions
        )
        {
            return null;
        }

        return rows with
        {
            Name = alias ?? from.Text("relname") ?? string.Empty,
            NotNull = rows.NotNull.Union(conditions),
        };
    }

    // A subquery, or the common table expression of that name. One that another hides is not looked for.
    private static PgNode Inner(PgNode from, PgNode with)
    {
        if (!from.Node("alias").List("colnames").IsEmpty)
        {
            return default;
        }

        if (from.Is("RangeSubselect") && !from.Boolean("lateral"))
        {
            return from.Node("subquery");
        }

        return
            from.Is("RangeVar")
            && from.Text("schemaname") is null
            && !with.IsNull
            && !with.Boolean("recursive")
            && with.List("ctes").ToList() is [var only]
            && only.Text("ctename") == from.Text("relname")
            && only.List("aliascolnames").IsEmpty
            ? only.Node("ctequery")
            : default;
    }

    // The columns that are not NULL in all rows that are left; null when a condition says anything else.
    private static ImmutableSortedSet<string>? Conditions(PgNode where, Source source)
    {
        var columns = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
        if (where.IsNull)
        {
            return columns;
        }

        IEnumerable<PgNode> conditions =
            where.Is("BoolExpr") && where.Text("boolop") == "AND_EXPR" ? where.List("args") : [where];
        foreach (var condition in conditions)
        {
            if (
                !condition.Is("NullTest")
                || condition.Text("nulltesttype") != "IS_NOT_NULL"
                || Column(condition.Node("arg"), source) is not { } column
            )
            {
                return null;
            }

            columns = columns.Add(column);
        }

        return columns;
    }

    private static string? Column(PgNode value, Source source) =>
        value.Is("ColumnRef")
            ? value.List("fields").Select(part => part.Text("sval")).ToList() switch
            {
                // A name of its own may also be the whole row.
                [{ } name] when name != source.Name => name,
                [{ } qualifier, { } name] when qualifier == source.Name => name,
                _ => null,
            }
            : null;

    private static bool IsPlain(PgNode query, params ReadOnlySpan<string> more) =>
        query.Is("SelectStmt")
        && query.HasOnly(["targetList", "fromClause", "whereClause", "withClause", "limitOption", "op", .. more])
        && query.Text("limitOption") is null or "LIMIT_OPTION_DEFAULT"
        && query.Text("op") is null or "SETOP_NONE";

    private static bool IsAll(PgNode query) =>
        query.List("groupClause").IsEmpty
        && query.List("targetList") is [var target]
        && target.Node("val").Is("ColumnRef")
        && target.Node("val").List("fields") is [var star]
        && star.Is("A_Star");

    private static bool IsMoreThanOne(PgNode condition) =>
        condition.Is("A_Expr")
        && condition.Text("kind") is null or "AEXPR_OP"
        && condition.List("name") is [var operation]
        && operation.Text("sval") == ">"
        && condition.Node("lexpr").IsCountOfRows()
        && condition.Node("rexpr").Is("A_Const")
        && condition.Node("rexpr").Node("ival").Integer("ival") >= 1;

    /// <summary>The rows of a relation.</summary>
    private sealed record Source(string Relation, string Name, ImmutableSortedSet<string> NotNull);
}
