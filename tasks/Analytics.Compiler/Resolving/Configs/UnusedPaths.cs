using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>Finds the folders in the config trees of <c>dbt_project.yml</c> that no resource lies in.</summary>
internal static class UnusedPaths
{
    private static readonly ImmutableArray<ResourceKind> Kinds =
    [
        ResourceKind.Model,
        ResourceKind.Seed,
        ResourceKind.Snapshot,
        ResourceKind.Source,
        ResourceKind.Test,
        ResourceKind.Function,
    ];

    /// <summary>Reports the outermost key of each path of the project's own trees that leads nowhere.</summary>
    /// <param name="source">The project.</param>
    /// <param name="nodes">All nodes, the disabled ones too: a folder may be there to be disabled.</param>
    /// <param name="diagnostics">Takes the reports.</param>
    public static void Report(ProjectSource source, IEnumerable<GraphNode> nodes, ICollection<Diagnostic> diagnostics)
    {
        var all = nodes.ToList();
        foreach (var kind in Kinds)
        {
            if (source.Root.Definition.ConfigTrees[kind] is { } tree)
            {
                Report(tree, all.FindAll(node => node.Kind == kind), 0, kind, diagnostics);
            }
        }
    }

    // The depth is that of the YAML reader, which bounds it.
    private static void Report(
        YamlMapping tree,
        IReadOnlyCollection<GraphNode> inside,
        int depth,
        ResourceKind kind,
        ICollection<Diagnostic> diagnostics
    )
    {
        foreach (var entry in tree.Entries)
        {
            if (
                entry.Value is not YamlMapping folder
                || entry.Key.StartsWith('+')
                || ConfigKeys.Mappings.Contains(entry.Key)
            )
            {
                continue;
            }

            var below = inside.Where(node => node.Fqn.Length > depth && node.Fqn[depth] == entry.Key).ToList();
            if (below.Count > 0)
            {
                Report(folder, below, depth + 1, kind, diagnostics);
                continue;
            }

            var names = inside.Where(node => node.Fqn.Length > depth).Select(node => node.Fqn[depth]);
            diagnostics.Add(
                ProjectDiagnostics.UnusedPath(entry.KeySpan, entry.Key, kind.Word(), NearName.Find(entry.Key, names))
            );
        }
    }
}
