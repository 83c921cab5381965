using System.Security.Cryptography;
using System.Text;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Describing;

/// <summary>The keys that several kinds of node have in common, in dbt's order.</summary>
internal sealed class NodeParts(IMacroCatalogue macros, DocBlocks docs)
{
    /// <summary>The keys before the code.</summary>
    /// <param name="node">The node.</param>
    /// <param name="relation">Where it is; null for what is no relation.</param>
    /// <param name="path">Path below its resource folder.</param>
    /// <param name="file">Its file.</param>
    public PyDict Start(GraphNode node, RelationName? relation, string path, SourceFile file)
    {
        var config = ConfigDescription.Of(node);
        var isEphemeral = node is ModelNode { Materialization: Materialization.Ephemeral };
        return new PyDict
        {
            { "database", relation?.Database ?? string.Empty },
            { "schema", relation?.Schema ?? node.Config.Text("schema") ?? Audit(node) },
            { "name", node.Name },
            { "resource_type", node.Kind.Word() },
            { "package_name", node.Package },
            { "path", path },
            { "original_file_path", file.Path },
            { "unique_id", node.UniqueId },
            { "fqn", new PyList(node.Fqn) },
            {
                "alias",
                relation?.Identifier ?? node.Config.Text("alias") ?? (node as TestNode)?.ShortName ?? node.Name
            },
            { "checksum", Checksum(file.Text) },
            { "config", config },
            { "tags", Copy(config, "tags") },
            { "description", node.Description },
            { "columns", ColumnDescription.Of((node as RelationNode)?.Columns ?? [], node.Package, docs) },
            { "meta", Copy(config, "meta") },
            { "group", node.Config.Text("group") },
            { "docs", Copy(config, "docs") ?? ConfigDescription.Docs() },
            { "patch_path", PatchPath(node.Described) },
            { "build_path", null },
            { "unrendered_config", ConfigDescription.Unrendered(node) },
            { "relation_name", isEphemeral || relation is null ? null : Quoting(node).ToSql(relation) },
        };
    }

    /// <summary>The keys of what has a template.</summary>
    public void AddCode(PyDict description, GraphNode node, string code)
    {
        description["raw_code"] = code;
        description["doc_blocks"] = docs.In(node.Package, node.Described?.Description);
        description["language"] = "sql";
        description["refs"] = Refs(node);
        description["sources"] = Sources(node);
        description["metrics"] = new PyList();
        description["functions"] = new PyList();
        description["depends_on"] = DependsOn(node, Calls(node, code));
        var contract = node.Config.Values.GetValueOrDefault("contract") as PyDict ?? [];
        description["contract"] = new PyDict
        {
            { "enforced", contract.TryGet("enforced", out var enforced) && enforced is true },
            { "alias_types", !contract.TryGet("alias_types", out var aliases) || aliases is not false },
            { "checksum", null },
        };
    }

    public static PyList Refs(GraphNode node) =>
        new(
            node.Refs.Select(call => new PyDict
            {
                { "name", call.Name },
                { "package", call.Package },
                { "version", call.Version },
            })
        );

    public static PyList Sources(GraphNode node) =>
        new(node.SourceRefs.Select(call => new PyList([call.Source, call.Table])));

    /// <summary>What a node needs.</summary>
    /// <param name="node">The node.</param>
    /// <param name="called">The unique ids of the macros that it names.</param>
    public static PyDict DependsOn(GraphNode node, params IEnumerable<string> called) =>
        new() { { "macros", new PyList(called) }, { "nodes", new PyList(node.DependsOn) } };

    public static string? PatchPath(ResourceProperties? entry) =>
        entry is null ? null : $"{entry.Package}://{entry.File.Path}";

    /// <summary>Of what has no file of its own.</summary>
    public static PyDict NoChecksum() => new() { { "name", "none" }, { "checksum", string.Empty } };

    // dbt hashes the text without the white space around it.
    private static PyDict Checksum(string text) =>
        new()
        {
            { "name", "sha256" },
            { "checksum", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim()))) },
        };

    // The template of a generic test is one call, of its macro.
    private IEnumerable<string> Calls(GraphNode node, string code) =>
        node is TestNode { Generic.Macro: var macro }
            ? [$"macro.{macro.Package}.{macro.Name}"]
            : MacroCalls
                .In(code)
                .Select(call => macros.IdOf(node.Package, call))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal);

    private static QuotePolicy Quoting(GraphNode node) => (node as RelationNode)?.Quoting ?? QuotePolicy.All;

    private static string Audit(GraphNode node) => node is TestNode ? "dbt_test__audit" : string.Empty;

    private static object? Copy(PyDict config, string key) =>
        config.TryGet(key, out var value)
            ? value switch
            {
                PyDict dict => dict.Copy(),
                PyList list => new PyList(list),
                _ => value,
            }
            : null;
}
