using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Planning.Selection.Matching;

/// <summary>
/// The method <c>fqn</c>, as dbt reads it: the name alone to the letter, or a run of segments from the front, with or without the
/// package. From the first wildcard on, the rest of the name is one text.
/// </summary>
internal sealed class NamePattern(string value)
{
    private readonly string[] wanted = value.Split('.');

    /// <summary>Whether the node is meant.</summary>
    public bool Fits(GraphNode node)
    {
        var isVersioned = node is ModelNode { Version: not null };
        return Fits(node.Fqn.AsSpan(), isVersioned) || Fits(node.Fqn.AsSpan()[1..], isVersioned);
    }

    private bool Fits(ReadOnlySpan<string> fqn, bool isVersioned)
    {
        if (fqn.IsEmpty || IsLeaf(fqn, isVersioned))
        {
            return !fqn.IsEmpty;
        }

        ImmutableArray<string> segments = [.. fqn.ToArray().SelectMany(segment => segment.Split('.'))];
        if (segments.Length < wanted.Length)
        {
            return false;
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            if (Glob.IsPattern(wanted[i]))
            {
                return Glob.Fits(string.Join('.', wanted[i..]), string.Join('.', segments[i..]));
            }

            if (!string.Equals(wanted[i], segments[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    // A model with versions answers to its name (all of them), to name.v1 and to name_v1.
    private bool IsLeaf(ReadOnlySpan<string> fqn, bool isVersioned) =>
        !isVersioned || fqn.Length < 2
            ? fqn[^1] == value
            : fqn[^2] == value || $"{fqn[^2]}_{fqn[^1]}" == string.Join('_', wanted.TakeLast(2));
}
