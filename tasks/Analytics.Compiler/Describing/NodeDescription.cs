using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Describing;

/// <summary>Describes the nodes that stand under <c>nodes</c> in a manifest.</summary>
internal static class NodeDescription
{
    public static PyDict Of(ModelNode model)
    {
        var description = Start(model, model.Resource);
        Code(description, model, model.Resource.Body.Text, []);
        description["access"] = model.Config.Text("access") ?? "protected";
        description["constraints"] = ColumnDescription.Constraints(model.Described?.Raw["constraints"]);
        description["version"] = null;
        description["latest_version"] = null;
        description["deprecation_date"] = null;
        description["primary_key"] = new PyList();
        description["time_spine"] = null;
        return description;
    }

    public static PyDict Of(SnapshotNode snapshot)
    {
        var description = Start(snapshot, snapshot.Resource);
        Code(description, snapshot, snapshot.Resource.Body.Text, []);
        return description;
    }

    public static PyDict Of(SeedNode seed)
    {
        var file = seed.Resource.File;
        var description = Start(seed, seed.Relation, seed.Resource.RelativePath, file, Checksum(file.Text));
        description["raw_code"] = string.Empty;
        description["root_path"] = null;
        description["depends_on"] = new PyDict { { "macros", new PyList() } };
        return description;
    }

    public static PyDict Of(TestNode test)
    {
        PyDict description;
        if (test.Singular is { } singular)
        {
            description = Start(test, null, singular.RelativePath, singular.File, Checksum(singular.File.Text));
            Code(description, test, singular.Body.Text, []);
            return description;
        }

        var use = test.Generic!;
        description = Start(test, null, $"{test.Name}.sql", test.Span.File, Checksum(null));
        var call = use.Macro.Package == "dbt" ? use.Macro.Name : $"{use.Macro.Package}.{use.Macro.Name}";
        Code(description, test, $"{{{{ {call}(**_dbt_generic_test_kwargs) }}}}", [use.Macro]);
        description["column_name"] = use.Column;
        description["file_key_name"] = FileKey(use.AttachedNode);
        description["attached_node"] = use.AttachedNode;
        description["test_metadata"] = Metadata(test, use);
        return description;
    }

    private static PyDict Start(RelationNode node, SqlResource resource) =>
        Start(node, node.Relation, resource.RelativePath, resource.File, Checksum(resource.File.Text));

    private static PyDict Start(
        GraphNode node,
        Resolving.RelationName? relation,
        string path,
        SourceFile file,
        PyDict checksum
    )
    {
        var config = ConfigDescription.Of(node);
        var isEphemeral = node is ModelNode { Materialization: Materialization.Ephemeral };
        return new PyDict
        {
            { "database", relation?.Database ?? string.Empty },
            { "schema", relation?.Schema ?? "dbt_test__audit" },
            { "name", node.Name },
            { "resource_type", Word(node.Kind) },
            { "package_name", node.Package },
            { "path", path },
            { "original_file_path", file.Path },
            { "unique_id", node.UniqueId },
            { "fqn", new PyList(node.Fqn) },
            { "alias", relation?.Identifier ?? node.Config.Text("alias") ?? node.Name },
            { "checksum", checksum },
            { "config", config },
            { "tags", Copy(config, "tags") },
            { "description", node.Description },
            { "columns", ColumnDescription.Of((node as RelationNode)?.Columns ?? []) },
            { "meta", Copy(config, "meta") },
            { "group", node.Config.Text("group") },
            { "docs", Copy(config, "docs") ?? ConfigDescription.Docs() },
            { "patch_path", node.Described is { } entry ? $"{entry.Package}://{entry.File.Path}" : null },
            { "build_path", null },
            { "unrendered_config", new PyDict() },
            { "relation_name", isEphemeral ? null : relation?.ToSql() },
        };
    }

    private static void Code(PyDict description, GraphNode node, string code, ImmutableArray<MacroReference> macros)
    {
        description["raw_code"] = code;
        description["doc_blocks"] = new PyList();
        description["language"] = "sql";
        description["refs"] = Refs(node.Refs);
        description["sources"] = Sources(node.SourceRefs);
        description["metrics"] = new PyList();
        description["functions"] = new PyList();
        description["depends_on"] = new PyDict
        {
            { "macros", new PyList(macros.Select(macro => $"macro.{macro.Package}.{macro.Name}")) },
            { "nodes", new PyList(node.DependsOn) },
        };
        var contract = (node.Config.Values.GetValueOrDefault("contract") as PyDict)?.Copy() ?? [];
        description["contract"] = new PyDict
        {
            { "enforced", contract.TryGet("enforced", out var enforced) && enforced is true },
            { "alias_types", !contract.TryGet("alias_types", out var aliases) || aliases is true },
            { "checksum", null },
        };
    }

    public static PyList Refs(ImmutableArray<NodeReference> refs) =>
        new(
            refs.Select(call => new PyDict
            {
                { "name", call.Name },
                { "package", call.Package },
                { "version", call.Version },
            })
        );

    public static PyList Sources(ImmutableArray<SourceReference> sources) =>
        new(sources.Select(call => new PyList([call.Source, call.Table])));

    // dbt hashes the text without the white space around it; what has no file of its own has no hash.
    private static PyDict Checksum(string? text) =>
        new()
        {
            { "name", text is null ? "none" : "sha256" },
            {
                "checksum",
                text is null
                    ? string.Empty
                    : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim())))
            },
        };

    private static PyDict Metadata(TestNode test, GenericTestUse use)
    {
        var arguments = new PyDict();
        foreach (var (name, value) in use.Arguments)
        {
            arguments[name] = value;
        }

        if (use.Column is not null)
        {
            arguments["column_name"] = use.Column;
        }

        arguments["model"] = $"{{{{ get_where_subquery({Target(test, use)}) }}}}";
        return new PyDict
        {
            { "name", use.Declaration.TestName },
            { "kwargs", arguments },
            { "namespace", use.Declaration.Namespace },
        };
    }

    private static string Target(TestNode test, GenericTestUse use)
    {
        var parts = use.AttachedNode.Split('.');
        return parts[0] == "source"
            ? $"source('{parts[2]}', '{string.Join('.', parts[3..])}')"
            : $"ref('{string.Join('.', parts[2..])}')";
    }

    // The list in the YAML file and the name in it: models.orders.
    private static string FileKey(string attachedNode)
    {
        var parts = attachedNode.Split('.');
        return $"{parts[0]}s.{parts[2]}";
    }

    private static object? Copy(PyDict config, string key) =>
        config.TryGet(key, out var value)
            ? value switch
            {
                PyDict dict => dict.Copy(),
                PyList list => new PyList(list),
                _ => value,
            }
            : null;

    public static string Word(ResourceKind kind) => kind.ToString().ToLowerInvariant();
}
