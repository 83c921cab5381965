using System.Collections.Immutable;
using Analytics.PgQuery;

namespace Analytics.Deployment.Testing.Fusion;

/// <summary>The common table expressions that a query sees.</summary>
internal sealed class CommonTables
{
    private readonly ImmutableDictionary<string, CommonTable> tables;

    private CommonTables(ImmutableDictionary<string, CommonTable> tables) => this.tables = tables;

    /// <summary>None at all.</summary>
    public static CommonTables None { get; } =
        new(ImmutableDictionary.Create<string, CommonTable>(StringComparer.Ordinal));

    /// <summary>One by its name; null for none.</summary>
    public CommonTable? Find(string name) => tables.GetValueOrDefault(name);

    /// <summary>These and those of a WITH, each of which sees the ones before it.</summary>
    /// <param name="with">The clause; no node for none.</param>
    /// <param name="ranges">Where their queries are.</param>
    /// <returns>Null when they are more than queries with names.</returns>
    public CommonTables? With(PgNode with, ImmutableArray<TokenRange> ranges)
    {
        var nodes = with.List("ctes").ToList();
        if (with.Boolean("recursive") || nodes.Count != ranges.Length)
        {
            return null;
        }

        var all = this;
        foreach (var (node, range) in nodes.Zip(ranges))
        {
            if (node.Text("ctename") is not { } name || !node.List("aliascolnames").IsEmpty)
            {
                return null;
            }

            all = new CommonTables(all.tables.SetItem(name, new CommonTable(node.Node("ctequery"), range, all)));
        }

        return all;
    }
}

/// <summary>A common table expression.</summary>
/// <param name="Query">Its query.</param>
/// <param name="Range">The text of that.</param>
/// <param name="Visible">What it sees.</param>
internal sealed record CommonTable(PgNode Query, TokenRange Range, CommonTables Visible);
