using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>model</c>, and the <c>node</c> that naming macros get: the parts of dbt's manifest node that templates read.</summary>
internal static class ModelValue
{
    public static FrozenMapping Of(GraphNode node)
    {
        var mapping = Start(node.Name, node.Package, node.Kind.ToString(), node.Fqn, node.Config);
        mapping["unique_id"] = node.UniqueId;
        mapping["description"] = node.Description;
        mapping["depends_on"] = new FrozenMapping(new PyDict { { "nodes", new PyList(node.DependsOn) } });
        if (node is RelationNode relation)
        {
            mapping["database"] = relation.Relation.Database;
            mapping["schema"] = relation.Relation.Schema;
            mapping["alias"] = relation.Relation.Identifier;
            mapping["identifier"] = relation.Relation.Identifier;
            mapping["relation_name"] = relation.Relation.ToSql();
            mapping["columns"] = new PyDict(
                relation.Columns.Select(column =>
                    KeyValuePair.Create(
                        (object?)column.Name,
                        (object?)
                            new PyDict
                            {
                                { "name", column.Name },
                                { "description", column.Description },
                                { "data_type", column.DataType },
                            }
                    )
                )
            );
        }

        return new FrozenMapping(mapping);
    }

    /// <summary>The node while its names are still being made.</summary>
    public static FrozenMapping Unnamed(
        string name,
        string package,
        string kind,
        IEnumerable<string> fqn,
        NodeConfig config
    ) => new(Start(name, package, kind, fqn, config));

    private static PyDict Start(string name, string package, string kind, IEnumerable<string> fqn, NodeConfig config) =>
        new()
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
            { "version", null },
        };
}
