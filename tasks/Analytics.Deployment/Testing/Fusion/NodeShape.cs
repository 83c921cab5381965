using Analytics.PgQuery;

namespace Analytics.Deployment.Testing.Fusion;

/// <summary>Asks nodes of a parse tree what they have. What PostgreSQL's next version adds is a field that nobody here knows.</summary>
internal static class NodeShape
{
    /// <summary>Whether a node has no field but some of these.</summary>
    public static bool HasOnly(this PgNode node, params ReadOnlySpan<string> fields)
    {
        foreach (var field in node.Fields)
        {
            if (!fields.Contains(field.Name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a node is <c>count(*)</c>, of all rows and nothing else.</summary>
    public static bool IsCountOfRows(this PgNode node) =>
        node.Is("FuncCall")
        && node.List("funcname") is [var name]
        && name.Text("sval") == "count"
        && node.Boolean("agg_star")
        && node.HasOnly("funcname", "agg_star", "funcformat");
}
