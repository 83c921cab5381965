using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>The <c>node</c> that naming macros get: the parts of dbt's manifest node that are known before it has a name.</summary>
internal static class ModelValue
{
    /// <summary>The node while its names are still being made.</summary>
    public static FrozenMapping Unnamed(
        string name,
        string package,
        string kind,
        IEnumerable<string> fqn,
        NodeConfig config,
        object? version
    ) =>
        new(
            new PyDict
            {
                { "name", name },
                { "package_name", package },
                { "resource_type", kind.ToLowerInvariant() },
                { "fqn", new PyList(fqn) },
                {
                    "config",
                    new FrozenMapping(
                        new PyDict(config.Values.Select(pair => KeyValuePair.Create((object?)pair.Key, pair.Value)))
                    )
                },
                { "tags", config.Values.GetValueOrDefault("tags") ?? new PyList() },
                { "meta", config.Values.GetValueOrDefault("meta") ?? new PyDict() },
                { "version", version },
            }
        );
}
