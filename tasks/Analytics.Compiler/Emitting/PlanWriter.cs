using System.Buffers;
using System.Text.Json;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Emitting;

/// <summary>Writes <c>plan.json</c>: what a publish of everything does, in dependency order, before a target is known.</summary>
internal static class PlanWriter
{
    public static ReadOnlySequence<byte> Write(ModelGraph graph, ArtifactBuffers buffers)
    {
        var buffer = buffers.New();
        using (var json = new Utf8JsonWriter((IBufferWriter<byte>)buffer, ArtifactLayout.JsonOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("format", ArtifactLayout.Format);
            json.WriteStartArray("steps");
            foreach (var node in graph.Nodes)
            {
                if (KindOf(node) is { } kind)
                {
                    json.WriteStartObject();
                    json.WriteString("id", node.UniqueId);
                    json.WriteString("kind", kind);
                    if (node.ObjectName is { } name)
                    {
                        json.WriteString("schema", name.Schema);
                        json.WriteString("name", name.Identifier);
                    }

                    json.WriteStartArray("after");
                    foreach (var id in node.DependsOn)
                    {
                        json.WriteStringValue(id);
                    }

                    json.WriteEndArray();
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.GetReadOnlySequence();
    }

    // A source is there already, and an ephemeral model is never made.
    private static string? KindOf(GraphNode node) =>
        node switch
        {
            ModelNode { Materialization: Materialization.Ephemeral } => null,
            ModelNode { Materialization: Materialization.MaterializedView } => "materialized_view",
            ModelNode model => model.Materialization.ToString().ToLowerInvariant(),
            SeedNode => "seed",
            SnapshotNode => "snapshot",
            TestNode => "test",
            UnitTestNode => "unit_test",
            FunctionNode => "function",
            _ => null,
        };
}
