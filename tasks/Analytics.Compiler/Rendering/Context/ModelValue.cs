using Analytics.Compiler.Describing;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Naming;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>The <c>node</c> that naming macros get: the parts of dbt's manifest node that are known before it has a name.</summary>
internal static class ModelValue
{
    /// <summary>The node while its names are still being made: they are the target's, and its own.</summary>
    /// <param name="node">The node.</param>
    /// <param name="config">Its config.</param>
    /// <param name="target">The names of the target.</param>
    /// <remarks>Few naming macros look at it: it is made when one does.</remarks>
    public static FrozenMapping Unnamed(UnnamedNode node, NodeConfig config, RelationName target) =>
        FrozenMapping.Deferred(() => Entries(node, config, target));

    private static PyDict Entries(UnnamedNode node, NodeConfig config, RelationName target)
    {
        var all = ConfigDescription.Of(node.Kind, config);
        all.TryGet("tags", out var tags);
        all.TryGet("meta", out var meta);
        return new PyDict
        {
            { "database", target.Database },
            { "schema", target.Schema },
            { "name", node.Name },
            { "resource_type", node.Kind.Word() },
            { "package_name", node.Package },
            { "path", node.Path },
            { "original_file_path", node.File.Path },
            { "unique_id", node.UniqueId },
            { "fqn", new PyList(node.Fqn) },
            { "alias", target.Identifier },
            { "identifier", target.Identifier },
            { "config", new FrozenMapping(all) },
            { "tags", tags },
            { "meta", meta },
            { "group", config.Text("group") },
            { "raw_code", node.Span.File == node.File ? node.File.Text : string.Empty },
            { "language", "sql" },
            { "version", node.Version },
        };
    }
}
