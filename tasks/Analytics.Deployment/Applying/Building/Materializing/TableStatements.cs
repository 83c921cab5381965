using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>What every table that a publish fills has in common.</summary>
internal static class TableStatements
{
    /// <summary>What stands before <c>table</c> where a node's own table is made: <c>unlogged</c>, if its config says so.</summary>
    public static string Persistence(RelationNode node) =>
        node.Config.Flag("unlogged") == true ? "unlogged " : string.Empty;

    /// <summary>What follows when a table has its rows: its indexes, and statistics for the planner.</summary>
    public static IEnumerable<Statement> Finish(RelationNode node, RelationName table) =>
        IndexStatements.For(node, table).Select(index => new Statement(index)).Append(Analyze(table));

    /// <summary>Statistics for the planner.</summary>
    public static Statement Analyze(RelationName table) => new($"analyze {SqlText.Local(table)}");
}
