using System.Buffers;
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
    /// <param name="isFile">Whether the file is the node: else it only stands in it, and has no checksum.</param>
    public PyDict Start(GraphNode node, RelationName? relation, string path, SourceFile file, bool isFile = true)
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
            { "checksum", isFile ? Checksum(file.Text) : NoChecksum() },
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
        description["functions"] = Functions(node);
        description["depends_on"] = DependsOn(node, Calls(node, code));
        var contract = node.Config.Values.GetValueOrDefault("contract") as PyDict ?? [];
        description["contract"] = new PyDict
        {
            { "enforced", contract.TryGet("enforced", out var enforced) && enforced is true },
            { "alias_types", !contract.TryGet("alias_types", out var aliases) || aliases is not false },
            { "checksum", (node as ModelNode)?.Contract?.Checksum },
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

    private static PyList Functions(GraphNode node) =>
        new(
            node.FunctionRefs.Select(call => new PyList(call.Package is null ? [call.Name] : [call.Package, call.Name]))
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

    private static PyDict NoChecksum() => new() { { "name", "none" }, { "checksum", string.Empty } };

    // dbt hashes the text without the white space around it.
    private static PyDict Checksum(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(trimmed.Length));
        var hash = SHA256.HashData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(trimmed, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
        return new() { { "name", "sha256" }, { "checksum", Convert.ToHexStringLower(hash) } };
    }

    // The template of a generic test is one call, of its macro.
    private IEnumerable<string> Calls(GraphNode node, string code) =>
        node is TestNode { Generic.Macro: var macro }
            ? [$"macro.{macro.Package}.{macro.Name}"]
            : MacroCalls
                .In(code)
                .Select(call => macros.IdOf(node.Package, call))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal);

    private static QuotePolicy Quoting(GraphNode node) =>
        (node as RelationNode)?.Quoting ?? (node as FunctionNode)?.Quoting ?? QuotePolicy.All;

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
