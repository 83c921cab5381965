using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Planning.Selection;

/// <summary>What a part of a selection found.</summary>
/// <param name="Ids">The nodes that are selected.</param>
/// <param name="Waiting">Tests that read a selected node and others that are not: another part may bring those.</param>
internal readonly record struct Found(HashSet<string> Ids, HashSet<string> Waiting);

/// <summary>Brings tests with the nodes they read, by dbt's four rules.</summary>
internal sealed class IndirectTests(GraphWalk walk)
{
    /// <summary>The nodes, and the tests that come with them.</summary>
    public Found With(HashSet<string> ids, IndirectSelection rule)
    {
        var result = new HashSet<string>(ids, StringComparer.Ordinal);
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        if (rule == IndirectSelection.Empty)
        {
            return new Found(result, waiting);
        }

        var present = Present(ids, rule);
        foreach (var test in ids.SelectMany(walk.Readers).Where(id => walk[id] is TestNode or UnitTestNode))
        {
            var comes = rule == IndirectSelection.Eager || walk[test].DependsOn.All(present.Contains);
            (comes ? result : waiting).Add(test);
        }

        return new Found(result, waiting);
    }

    /// <summary>Adds the waiting tests whose nodes are all there now.</summary>
    public void Join(Found found, IndirectSelection rule)
    {
        if (found.Waiting.Count > 0 && rule is IndirectSelection.Cautious or IndirectSelection.Buildable)
        {
            var present = Present(found.Ids, rule);
            found.Ids.UnionWith(found.Waiting.Where(test => walk[test].DependsOn.All(present.Contains)).ToList());
        }
    }

    private HashSet<string> Present(HashSet<string> ids, IndirectSelection rule)
    {
        if (rule != IndirectSelection.Buildable)
        {
            return ids;
        }

        var present = walk.Above(ids, null);
        present.UnionWith(walk.Nodes.OfType<SourceNode>().Select(source => source.UniqueId));
        return present;
    }
}
