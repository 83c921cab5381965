using System.Collections.Frozen;
using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Resolving;

/// <summary>All nodes of a project and its packages, without a circle.</summary>
public sealed class ModelGraph
{
    private readonly FrozenDictionary<string, int> positions;

    internal ModelGraph(ImmutableArray<GraphNode> nodes)
    {
        Nodes = nodes;
        positions = nodes
            .Select((node, position) => KeyValuePair.Create(node.UniqueId, position))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>
    /// Every enabled node, each after all that it depends on; nodes that do not depend on each other are in ordinal
    /// order of their unique ids.
    /// </summary>
    public ImmutableArray<GraphNode> Nodes { get; }

    /// <summary>The node of an id.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public GraphNode this[string uniqueId] => Nodes[positions[uniqueId]];

    /// <summary>Whether there is a node of this id.</summary>
    public bool Contains(string uniqueId) => positions.ContainsKey(uniqueId);

    /// <summary>The place of a node in <see cref="Nodes"/>, from zero.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public int PositionOf(string uniqueId) => positions[uniqueId];

    /// <summary>Unique ids of all that a node depends on, directly or by others; not its own.</summary>
    public IReadOnlySet<string> Upstream(GraphNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(node.DependsOn);
        while (waiting.TryPop(out var id))
        {
            if (found.Add(id))
            {
                foreach (var parent in this[id].DependsOn)
                {
                    waiting.Push(parent);
                }
            }
        }

        return found;
    }
}
