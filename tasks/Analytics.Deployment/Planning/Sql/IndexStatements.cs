using System.Security.Cryptography;
using System.Text;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Planning.Sql;

/// <summary>The indexes that a model's <c>indexes</c> config asks for.</summary>
internal static class IndexStatements
{
    /// <summary>The names of the indexes that <see cref="For"/> makes.</summary>
    public static IEnumerable<string> Names(RelationNode node, RelationName table) =>
        node.Indexes.Select(index => Name(index, table)).Distinct(StringComparer.Ordinal);

    /// <summary>
    /// One CREATE INDEX for each entry. Names depend on the table and the index alone, so that two publishes give the same;
    /// columns are written as they are, so that an expression or an operator class may stand there.
    /// </summary>
    /// <param name="node">Whose config is read.</param>
    /// <param name="table">The table, in its staging schema.</param>
    public static IEnumerable<string> For(RelationNode node, RelationName table)
    {
        // The same index twice would have the same name twice.
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var index in node.Indexes)
        {
            var columns = string.Join(", ", index.Columns);
            var name = Name(index, table);
            if (!names.Add(name))
            {
                continue;
            }

            var method = index.Method is null ? string.Empty : $" using {RelationName.Quote(index.Method)}";
            var unique = index.Unique ? "unique " : string.Empty;
            yield return $"create {unique}index {RelationName.Quote(name)} on {table.ToSql()}{method} ({columns})";
        }
    }

    private static string Name(IndexDefinition index, RelationName table)
    {
        var shape = $"{string.Join(", ", index.Columns)}|{index.Unique}|{index.Method}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shape)).AsSpan(0, 4));
        return StagingNames.WithSuffix(table.Identifier, $"_{hash}_idx");
    }
}
