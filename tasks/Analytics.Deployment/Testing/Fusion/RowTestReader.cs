using System.Collections.Immutable;
using System.Globalization;
using Analytics.Compiler.Resolving;
using Analytics.PgQuery;

namespace Analytics.Deployment.Testing.Fusion;

/// <summary>
/// Sees by a test's SQL whether it asks something of each row by itself. No macro is known by its name: what counts is what was rendered.
/// </summary>
internal sealed class RowTestReader
{
    // Each level is a query in another's FROM.
    private const int DeepestLevel = 16;

    private readonly SqlTokens tokens;
    private readonly ExpressionText expressions;
    private readonly List<string> checks = [];
    private int unread;

    private RowTestReader(string sql)
    {
        tokens = new SqlTokens(sql);
        expressions = new ExpressionText(tokens);
    }

    /// <summary>Reads a test's query.</summary>
    /// <param name="sql">The query.</param>
    /// <returns>Null when it asks something else, or it is not sure.</returns>
    public static RowTest? Read(string sql)
    {
        if (PgParser.Parse(sql).Tree is not { Statements: [{ Node: var statement }] })
        {
            return null;
        }

        var reader = new RowTestReader(sql);
        return
            reader.tokens.All is { Count: > 0 } all
            && !reader.tokens.Is(all.End - 1, ";")
            && reader.Query(statement, all, CommonTables.None, 0) is { } source
            && reader.unread == 0
            ? new RowTest(
                source.Relation,
                source.Conditions.IsEmpty ? "true" : string.Join(" and ", source.Conditions),
                [.. reader.checks.Distinct(StringComparer.Ordinal)],
                reader.expressions.Functions,
                source.IsGrouped
            )
            : null;
    }

    private RowSource? Query(PgNode query, TokenRange range, CommonTables visible, int level)
    {
        if (
            level > DeepestLevel
            || !IsPlain(query)
            || QueryClauses.Cut(tokens, range) is not { } clauses
            || visible.With(query.Node("withClause"), clauses.Common) is not { } common
        )
        {
            return null;
        }

        unread += clauses.Common.Length;
        if (query.List("fromClause") is not [var from] || From(from, clauses.From, common, level) is not { } source)
        {
            return null;
        }

        if (query.Node("whereClause") is { IsNull: false } where)
        {
            if (expressions.Write(where, clauses.Where, source) is not { } condition)
            {
                return null;
            }

            source = source with { Conditions = source.Conditions.Add($"({condition})") };
        }

        return Select(query, clauses, source);
    }

    private static bool IsPlain(PgNode query) =>
        query.Is("SelectStmt")
        && query.HasOnly("targetList", "fromClause", "whereClause", "groupClause", "withClause", "limitOption", "op")
        && query.Text("limitOption") is null or "LIMIT_OPTION_DEFAULT"
        && query.Text("op") is null or "SETOP_NONE";

    private RowSource? From(PgNode item, TokenRange range, CommonTables visible, int level)
    {
        var alias = item.Node("alias");
        if (!alias.List("colnames").IsEmpty)
        {
            return null;
        }

        if (item.Is("RangeSubselect") && !item.Boolean("lateral") && tokens.Parenthesised(range) is [var inner])
        {
            return Query(item.Node("subquery"), inner, visible, level + 1) is { } source
                ? source with
                {
                    Name = alias.Text("aliasname") ?? string.Empty,
                }
                : null;
        }

        if (!item.Is("RangeVar") || item.Text("relname") is not { } relation)
        {
            return null;
        }

        var name = alias.Text("aliasname") ?? relation;
        if (item.Text("schemaname") is not { } schema)
        {
            if (visible.Find(relation) is not { } table)
            {
                return null;
            }

            unread--;
            return Query(table.Query, table.Range, table.Visible, level + 1) is { } source
                ? source with
                {
                    Name = name,
                }
                : null;
        }

        IEnumerable<string?> parts = [item.Text("catalogname"), schema, relation];
        var sql = string.Join('.', parts.OfType<string>().Select(RelationName.Quote));

        // ONLY leaves out the rows of heirs.
        return item.Boolean("inh") ? new RowSource(sql, name, null, [], false) : null;
    }

    private RowSource? Select(PgNode query, QueryClauses clauses, RowSource source)
    {
        var targets = query.List("targetList").ToList();
        if (targets.Count != clauses.Targets.Length)
        {
            return null;
        }

        if (Groups(query, clauses, source) is not { } groups)
        {
            return null;
        }

        if (clauses.Groups.IsEmpty && targets is [var all] && IsStar(all.Node("val"), source.Name))
        {
            return source;
        }

        var columns = ImmutableDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        for (var i = 0; i < targets.Count; i++)
        {
            var value = targets[i].Node("val");
            string? expression = null;
            if (clauses.Groups.IsEmpty || groups.Contains((i, null)) || !value.IsCountOfRows())
            {
                expression = expressions.Write(value, Unlabelled(targets[i], clauses.Targets[i]), source);
                if (expression is null || !(clauses.Groups.IsEmpty || IsGroup(groups, i, expression)))
                {
                    return null;
                }

                checks.Add(groups.Contains((i, null)) ? Grouping(expression) : $"({expression})");
            }

            // A name that two columns have is no name of either.
            if (Label(targets[i]) is { } label && !columns.TryAdd(label, expression))
            {
                return null;
            }
        }

        return source with
        {
            Columns = columns.ToImmutable(),
            IsGrouped = source.IsGrouped || !clauses.Groups.IsEmpty,
        };
    }

    // What is grouped by: the place of a target, or an expression.
    private HashSet<(int? Place, string? Expression)>? Groups(PgNode query, QueryClauses clauses, RowSource source)
    {
        var groups = new HashSet<(int?, string?)>();
        var nodes = query.List("groupClause").ToList();
        if (nodes.Count != clauses.Groups.Length)
        {
            return null;
        }

        foreach (var (node, range) in nodes.Zip(clauses.Groups))
        {
            if (node.Is("A_Const"))
            {
                if (!int.TryParse(tokens.Text(range), NumberStyles.None, CultureInfo.InvariantCulture, out var place))
                {
                    return null;
                }

                groups.Add((place - 1, null));
                if (place < 1 || place > query.List("targetList").Count)
                {
                    return null;
                }
            }
            else if (!node.Is("GroupingSet") && expressions.Write(node, range, source) is { } expression)
            {
                groups.Add((null, expression));
                checks.Add(Grouping(expression));
            }
            else
            {
                return null;
            }
        }

        return groups;
    }

    private static bool IsGroup(HashSet<(int? Place, string? Expression)> groups, int place, string expression) =>
        groups.Contains((place, null)) || groups.Contains((null, expression));

    // What cannot be compared cannot be grouped by.
    private static string Grouping(string expression) => $"exists (select ({expression}) group by 1)";

    private static bool IsStar(PgNode value, string name) =>
        value.Is("ColumnRef")
        && value.List("fields").ToList() switch
        {
            [var star] => star.Is("A_Star"),
            [var qualifier, var star] => star.Is("A_Star") && qualifier.Text("sval") == name,
            _ => false,
        };

    private TokenRange Unlabelled(PgNode target, TokenRange range)
    {
        if (target.Text("name") is null)
        {
            return range;
        }

        var end = range.End - 1;
        return range with { End = tokens.Is(end - 1, "as") ? end - 1 : end };
    }

    private static string? Label(PgNode target) =>
        target.Text("name")
        ?? (target.Node("val").Is("ColumnRef") ? target.Node("val").List("fields").Last().Text("sval") : null);
}
