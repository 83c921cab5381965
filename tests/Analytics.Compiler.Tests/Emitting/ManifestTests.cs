using System.Text.Json;
using Analytics.Compiler.Loading.Files;

namespace Analytics.Compiler.Tests.Emitting;

/// <summary>
/// Holds the manifest of a project with something of everything against <c>fields.txt</c>: the fields that dbt's published
/// schema knows and requires. The whole schema is not kept here; a change of the manifest is checked against it by hand.
/// </summary>
public sealed class ManifestTests : IDisposable
{
    private static readonly ILookup<string, Field> Fields = File.ReadLines(Path.Combine(RichProject.Root, "fields.txt"))
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(' '))
        .ToLookup(
            parts => parts[0],
            parts => new Field(parts[1].TrimEnd('!'), parts[1].EndsWith('!'), parts[2].Split('|')),
            StringComparer.Ordinal
        );

    private readonly JsonDocument document = Manifest(RichProject.Build(RichProject.Read()));

    private JsonElement Whole => document.RootElement;

    public void Dispose() => document.Dispose();

    [Theory]
    [InlineData("nodes", 26)]
    [InlineData("sources", 2)]
    [InlineData("macros", 20)]
    [InlineData("docs", 2)]
    [InlineData("exposures", 1)]
    [InlineData("groups", 1)]
    [InlineData("unit_tests", 1)]
    [InlineData("functions", 1)]
    public void Every_entry_has_the_required_fields_and_no_unknown_ones(string map, int atLeast)
    {
        var entries = Whole.GetProperty(map).EnumerateObject().ToList();

        Assert.InRange(entries.Count, atLeast, int.MaxValue);
        Assert.Empty(entries.SelectMany(entry => Problems(entry.Value, KindOf(entry.Value), entry.Name)));
        Assert.All(entries, entry => Assert.Equal(entry.Name, entry.Value.GetProperty("unique_id").GetString()));
    }

    [Fact]
    public void The_manifest_of_the_sample_is_right_too()
    {
        var samples = Path.GetFullPath(Path.Combine(RichProject.Root, "..", "..", "..", "samples"));
        var utils = Path.GetFullPath(Path.Combine(samples, "..", "packages", "Analytics.Utils"));
        var input = new ProjectInput(
            ProjectFolder.Read(samples, "samples"),
            [ProjectFolder.Read(utils, "Analytics.Utils")]
        );
        using var sample = Manifest(RichProject.Build(input));

        foreach (var map in (string[])["nodes", "sources", "macros", "docs"])
        {
            var entries = sample.RootElement.GetProperty(map).EnumerateObject().ToList();
            Assert.NotEmpty(entries);
            Assert.Empty(entries.SelectMany(entry => Problems(entry.Value, KindOf(entry.Value), entry.Name)));
        }
    }

    [Fact]
    public void Every_kind_of_node_is_there()
    {
        var kinds = Whole.GetProperty("nodes").EnumerateObject().Select(node => KindOf(node.Value)).Distinct();

        Assert.Equal(
            ["analysis", "generic_test", "model", "operation", "seed", "singular_test", "snapshot"],
            kinds.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Metadata_and_disabled_nodes_are_right_too()
    {
        Assert.Empty(Problems(Whole.GetProperty("metadata"), "metadata", "metadata"));
        var off = Whole.GetProperty("disabled").GetProperty("model.rich.off");
        Assert.Equal(1, off.GetArrayLength());
        Assert.Empty(Problems(off[0], "model", "off"));
    }

    [Fact]
    public void Every_id_of_an_edge_leads_to_an_entry()
    {
        var known = new[] { "nodes", "sources", "exposures", "unit_tests", "functions" }
            .SelectMany(map => Whole.GetProperty(map).EnumerateObject())
            .Select(entry => entry.Name)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var map in (string[])["parent_map", "child_map", "group_map"])
        {
            foreach (var entry in Whole.GetProperty(map).EnumerateObject())
            {
                Assert.True(map == "group_map" || known.Contains(entry.Name), entry.Name);
                Assert.All(entry.Value.EnumerateArray(), id => Assert.Contains(id.GetString()!, known));
            }
        }
    }

    [Fact]
    public void A_node_names_the_macros_that_it_calls_and_the_blocks_that_describe_it()
    {
        var orders = Whole.GetProperty("nodes").GetProperty("model.rich.orders");

        Assert.Equal(
            ["macro.tools.money", "macro.rich.cents"],
            Texts(orders.GetProperty("depends_on").GetProperty("macros"))
        );
        Assert.Equal(["doc.rich.orders"], Texts(orders.GetProperty("doc_blocks")));
        Assert.Equal("{{ 'marts' if target.name == 'x' else 'gold' }}", Text(orders, "unrendered_config", "schema"));
        Assert.Equal("gold", Text(orders, "config", "schema"));
        Assert.Contains("(amount)::numeric(10, 2)", Text(orders, "compiled_code"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_has_its_signature_and_who_calls_it_names_it()
    {
        var twice = Whole.GetProperty("functions").GetProperty("function.rich.twice");

        Assert.Equal(
            """[{"name":"amount","data_type":"numeric","description":"","default_value":"1"}]""",
            JsonSerializer.Serialize(twice.GetProperty("arguments"))
        );
        Assert.Equal("numeric", Text(twice, "returns", "data_type"));
        Assert.Equal("function", Text(twice, "config", "materialized"));
        Assert.Equal("select amount * 2", Text(twice, "compiled_code"));
        var look = Whole.GetProperty("nodes").GetProperty("analysis.rich.look");
        Assert.Equal("""[["twice"]]""", JsonSerializer.Serialize(look.GetProperty("functions")));
        Assert.Contains("function.rich.twice", Texts(look.GetProperty("depends_on").GetProperty("nodes")));
    }

    [Fact]
    public void A_macro_has_what_yaml_says_of_it_and_the_names_of_its_other_arguments()
    {
        var macros = Whole.GetProperty("macros");
        var cents = macros.GetProperty("macro.rich.cents");

        Assert.Equal("To cents. One row per order.", Text(cents, "description"));
        Assert.False(cents.GetProperty("docs").GetProperty("show").GetBoolean());
        Assert.Equal(
            ["column:string:Which", "factor::"],
            cents
                .GetProperty("arguments")
                .EnumerateArray()
                .Select(argument =>
                    $"{Text(argument, "name")}:{Text(argument, "type")}:{Text(argument, "description")}"
                )
        );
        Assert.Equal(
            ["macro.rich.default__money"],
            Texts(macros.GetProperty("macro.tools.money").GetProperty("depends_on").GetProperty("macros"))
        );
        Assert.True(macros.TryGetProperty("macro.dbt.test_unique", out _));
    }

    private static IEnumerable<string> Problems(JsonElement entry, string kind, string name)
    {
        var known = Fields[kind].ToDictionary(field => field.Name, StringComparer.Ordinal);
        foreach (var field in known.Values.Where(field => field.IsRequired && !entry.TryGetProperty(field.Name, out _)))
        {
            yield return $"{name} has no {field.Name}";
        }

        foreach (var property in entry.EnumerateObject())
        {
            if (!known.TryGetValue(property.Name, out var field))
            {
                yield return $"{name} has an unknown {property.Name}";
            }
            else if (!field.Types.Any(type => Fits(property.Value, type)))
            {
                yield return $"{name}.{property.Name} is {property.Value.ValueKind}, not {string.Join('|', field.Types)}";
            }
        }
    }

    private static bool Fits(JsonElement value, string type) =>
        type switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "null" => value.ValueKind == JsonValueKind.Null,
            "array" => value.ValueKind == JsonValueKind.Array,
            "object" => value.ValueKind == JsonValueKind.Object,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" or "number" => value.ValueKind == JsonValueKind.Number,
            _ => type == "any",
        };

    private static string KindOf(JsonElement entry) =>
        Text(entry, "resource_type") switch
        {
            "test" => entry.TryGetProperty("test_metadata", out _) ? "generic_test" : "singular_test",
            var kind => kind!,
        };

    private static IEnumerable<string> Texts(JsonElement list) =>
        list.EnumerateArray().Select(item => item.GetString()!);

    private static string? Text(JsonElement entry, params string[] path) =>
        path.Aggregate(entry, (value, key) => value.GetProperty(key)).GetString();

    private static JsonDocument Manifest(BuildResult result)
    {
        Assert.DoesNotContain(
            result.Diagnostics,
            diagnostic => diagnostic.Id != "ASQL0020" && diagnostic.Id != "ASQL2004"
        );
        return JsonDocument.Parse(result.Manifest!.Value);
    }

    private sealed record Field(string Name, bool IsRequired, string[] Types);
}
