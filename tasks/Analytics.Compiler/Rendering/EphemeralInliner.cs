using Analytics.Compiler.Resolving.Nodes;
using Analytics.PgQuery;

namespace Analytics.Compiler.Rendering;

/// <summary>Puts ephemeral models into the SQL of the model that reads them, as common table expressions.</summary>
internal static class EphemeralInliner
{
    /// <summary>The name of an ephemeral model's common table expression, as dbt names it.</summary>
    public static string NameOf(ModelNode model) => $"__dbt__cte__{model.Relation.Identifier}";

    /// <summary>
    /// The SQL with the expressions in front, to the letter as dbt writes it: behind a leading <c>with</c> and its white
    /// space, else behind a <c>with</c> of their own before the first word or comment.
    /// </summary>
    /// <param name="sql">The reader's SQL.</param>
    /// <param name="ephemerals">Name and SQL, each after those it reads itself.</param>
    public static RenderedSql Inline(RenderedSql sql, IReadOnlyList<(string Name, RenderedSql Sql)> ephemerals)
    {
        if (ephemerals.Count == 0)
        {
            return sql;
        }

        var afterWith = EndOfLeadingWith(sql.Text);
        var insertions = new List<(string, RenderedSql?)>();
        for (var i = 0; i < ephemerals.Count; i++)
        {
            var before =
                i > 0 ? ", "
                : afterWith is null ? "with"
                : string.Empty;
            insertions.Add(($"{before} {ephemerals[i].Name} as (\n", null));
            insertions.Add((ephemerals[i].Sql.Text, ephemerals[i].Sql));
            insertions.Add(("\n)", null));
        }

        insertions.Add((afterWith is null ? " " : ", ", null));
        var start = afterWith ?? 0;
        return sql.Insert(sql.Text.Length - sql.Text.AsSpan(start).TrimStart().Length, insertions);
    }

    // The offset after the first token when it is WITH (and RECURSIVE), past any comments.
    private static int? EndOfLeadingWith(string sql)
    {
        var end = (int?)null;
        foreach (var token in PgParser.Scan(sql).Tokens)
        {
            if (token.Kind is PgTokenKind.LineComment or PgTokenKind.BlockComment)
            {
                continue;
            }

            var text = sql.AsSpan(token.Start, token.Length);
            if (end is null && text.Equals("with", StringComparison.OrdinalIgnoreCase))
            {
                end = token.Start + token.Length;
                continue;
            }

            return end is not null && text.Equals("recursive", StringComparison.OrdinalIgnoreCase)
                ? token.Start + token.Length
                : end;
        }

        return end;
    }
}
