using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Resolving;

/// <summary>All nodes of a project and its packages, without a circle.</summary>
public sealed class ModelGraph
{
    private readonly ImmutableDictionary<string, GraphNode> byId;

    internal ModelGraph(ImmutableArray<GraphNode> nodes)
    {
        Nodes = nodes;
        byId = nodes.ToImmutableDictionary(node => node.UniqueId, StringComparer.Ordinal);
    }

    /// <summary>
    /// Every enabled node, each after all that it depends on; nodes that do not depend on each other are in ordinal
    /// order of their unique ids.
    /// </summary>
    public ImmutableArray<GraphNode> Nodes { get; }

    /// <summary>The node of an id.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public GraphNode this[string uniqueId] => byId[uniqueId];

    /// <summary>Whether there is a node of this id.</summary>
    public bool Contains(string uniqueId) => byId.ContainsKey(uniqueId);
}
