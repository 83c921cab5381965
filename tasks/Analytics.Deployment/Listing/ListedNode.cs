using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Analytics.Compiler.Describing;
using Analytics.Compiler.Emitting;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Deployment.Listing;

/// <summary>A selected node, in the words of <c>dbt ls</c>.</summary>
/// <param name="UniqueId">Its unique id.</param>
/// <param name="ResourceType">dbt's word for its kind.</param>
/// <param name="Name">Its name, with the version of a model that has versions: <c>orders.v2</c>.</param>
/// <param name="Selector">What selects it: <c>shop.marts.orders</c>, <c>source:shop.raw.orders</c>.</param>
/// <param name="Path">Its file, from the project's or the package's folder.</param>
/// <param name="Json">One line with the keys that <c>dbt ls --output json</c> has.</param>
public sealed record ListedNode(
    string UniqueId,
    string ResourceType,
    string Name,
    string Selector,
    string Path,
    string Json
)
{
    /// <summary>What <see cref="Line"/> knows to write.</summary>
    public static IReadOnlyList<string> Outputs { get; } = ["name", "selector", "path", "json"];

    private static readonly string[] JsonKeys =
    [
        "alias",
        "name",
        "package_name",
        "depends_on",
        "tags",
        "config",
        "resource_type",
        "source_name",
        "original_file_path",
        "unique_id",
    ];

    private static readonly JsonWriterOptions JsonOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000,
    };

    /// <summary>The line of an output format.</summary>
    /// <param name="output">One of <see cref="Outputs"/>.</param>
    public string Line(string output) =>
        output switch
        {
            "name" => Name,
            "path" => Path,
            "json" => Json,
            _ => Selector,
        };

    /// <summary>Its SQL where no database answers, with final names; null when it was not asked for, or the node has none.</summary>
    public string? Sql { get; init; }

    internal static ListedNode Of(GraphNode node, ProjectDescription project)
    {
        var description = project.Of(node);
        var fqn = string.Join('.', node.Fqn);
        var path =
            description.TryGet("original_file_path", out var file) && file is string text ? text : node.Span.File.Path;
        return new ListedNode(
            node.UniqueId,
            node.Kind.Word(),
            node is ModelNode { Version: { } version } ? $"{node.Name}.v{version.Text}" : node.Name,
            node switch
            {
                SourceNode source => $"source:{source.Package}.{source.Table.SourceName}.{source.Name}",
                ExposureNode => $"exposure:{node.Package}.{node.Name}",
                UnitTestNode => $"unit_test:{node.Package}.{node.Name}",
                _ => fqn,
            },
            path,
            ToJson(description)
        );
    }

    private static string ToJson(PyDict description)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOptions))
        {
            json.WriteStartObject();
            foreach (var key in JsonKeys)
            {
                if (description.TryGet(key, out var value))
                {
                    JsonValueWriter.Write(json, key, value);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
