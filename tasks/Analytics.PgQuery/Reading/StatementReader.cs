using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Analytics.PgQuery.Reading;

/// <summary>Finds the statements and where each of them stands in the text.</summary>
internal static class StatementReader
{
    public static ImmutableArray<PgStatement> Read(PgSyntaxTree tree)
    {
        var raw = new PgNode(tree, 0).List("stmts");
        var statements = new PgStatement[raw.Count];
        var index = 0;
        foreach (var statement in raw)
        {
            // PostgreSQL writes no length for the last statement: it reaches to the end.
            var start = (int)statement.Integer("stmt_location");
            var length = (int)statement.Integer("stmt_len");
            var end = length == 0 ? tree.Sql.Length : start + length;
            while (start < end && IsSpace(tree.Sql[start]))
            {
                start++;
            }

            while (end > start && IsSpace(tree.Sql[end - 1]))
            {
                end--;
            }

            statements[index++] = new PgStatement(statement.Node("stmt"), start, end - start);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(statements);
    }

    // The white space of PostgreSQL's scanner.
    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f' or '\v';
}
