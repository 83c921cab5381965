using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Analytics.Compiler.Describing;
using Analytics.Compiler.Parsing;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;
using Microsoft.IO;

namespace Analytics.Compiler.Emitting;

/// <summary>Writes the manifest's maps of nodes by unique id: a manifest is mostly these, so all processors take part.</summary>
internal sealed class NodeMap(
    ProjectDescription description,
    IReadOnlyDictionary<string, ParsedModel> compiled,
    ArtifactBuffers buffers
)
{
    // More runs than processors, for nodes are not of one size.
    private const int RunsPerProcessor = 4;

    /// <summary>Writes a map as an entry of the object that is open.</summary>
    /// <param name="json">Writes to <paramref name="target"/>.</param>
    /// <param name="target">Gets the nodes.</param>
    /// <param name="name">The name of the entry.</param>
    /// <param name="some">The nodes, in the order of the map.</param>
    public void Write(Utf8JsonWriter json, RecyclableMemoryStream target, string name, IEnumerable<GraphNode> some)
    {
        ImmutableArray<GraphNode> nodes = [.. some];
        var runs = new RecyclableMemoryStream[Math.Min(nodes.Length, Environment.ProcessorCount * RunsPerProcessor)];
        Parallel.For(
            0,
            runs.Length,
            index => runs[index] = Run(nodes.AsSpan()[Start(index, runs, nodes)..Start(index + 1, runs, nodes)])
        );
        json.WriteStartObject(name);
        json.Flush();
        for (var index = 0; index < runs.Length; index++)
        {
            if (index > 0)
            {
                target.WriteByte((byte)',');
            }

            // A run is an object of its own: its entries are what stands between the braces.
            foreach (var piece in runs[index].GetReadOnlySequence().Slice(1, runs[index].Length - 2))
            {
                target.Write(piece.Span);
            }

            runs[index].Dispose();
        }

        json.WriteEndObject();
    }

    private RecyclableMemoryStream Run(ReadOnlySpan<GraphNode> nodes)
    {
        var run = buffers.New();
        using var json = new Utf8JsonWriter((IBufferWriter<byte>)run, ArtifactLayout.JsonOptions);
        json.WriteStartObject();
        foreach (var node in nodes)
        {
            json.WritePropertyName(node.UniqueId);
            Write(json, description.Pass(node), compiled.GetValueOrDefault(node.UniqueId));
        }

        json.WriteEndObject();
        return run;
    }

    private static void Write(Utf8JsonWriter json, PyDict node, ParsedModel? parsed)
    {
        json.WriteStartObject();
        foreach (var (key, value) in node)
        {
            JsonValueWriter.Write(json, (string)key!, value);
        }

        if (parsed is not null)
        {
            json.WriteBoolean("compiled", true);
            json.WriteString("compiled_code", parsed.Sql.Text);
            json.WriteBoolean("extra_ctes_injected", true);
            json.WriteStartArray("extra_ctes");
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static int Start(int run, RecyclableMemoryStream[] runs, ImmutableArray<GraphNode> nodes) =>
        (int)((long)nodes.Length * run / runs.Length);
}
