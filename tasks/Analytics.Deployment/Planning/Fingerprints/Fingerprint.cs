using System.Security.Cryptography;
using System.Text.Json;
using Analytics.Compiler;
using Analytics.Compiler.Emitting;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Planning.Fingerprints;

/// <summary>
/// What the project says of a relation, as one hash: its SQL on final names (or a seed's bytes), its config, its columns and
/// descriptions. Two equal fingerprints of a view or a seed mean that building it again would give the same.
/// </summary>
internal static class Fingerprint
{
    // To be raised when the same input gives another relation than the version before gave.
    private const int Version = 1;

    // They are about the project, and reach no relation.
    private static readonly string[] WithoutEffect = ["access", "docs", "enabled", "group", "meta", "tags"];

    /// <summary>The fingerprint of a node.</summary>
    /// <param name="project">The project, bound to the target.</param>
    /// <param name="node">The node.</param>
    /// <param name="fullRefresh">What <c>flags.FULL_REFRESH</c> says.</param>
    /// <param name="inputs">Which rows nodes get of what they read.</param>
    /// <param name="relations">Where relations are when the publish is done.</param>
    /// <param name="cancellationToken">Ends the rendering.</param>
    /// <returns>Lower-case hex; null when only the database knows what the SQL is, or when it has an error.</returns>
    public static string? Of(
        CompiledProject project,
        GraphNode node,
        bool fullRefresh,
        InputRows inputs,
        IRelationBinding relations,
        CancellationToken cancellationToken
    )
    {
        var text = string.Empty;
        if (node is not SeedNode)
        {
            var scope = new RenderScope(relations, false, fullRefresh, NoWarehouse.Instance, false) { Inputs = inputs };
            var rendered = project.Renderer.Render(node, scope, cancellationToken);
            if (rendered.Sql is null || rendered.AskedDatabase)
            {
                return null;
            }

            text = node is FunctionNode function ? Whole(function, rendered.Sql.Text) : rendered.Sql.Text;
        }

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("id", node.UniqueId);
            json.WriteString("relation", node.ObjectName!.ToSql());
            json.WriteString("text", (node as SeedNode)?.Resource.File.Text ?? text);
            json.WriteString("description", node.Description);
            foreach (var column in (node as RelationNode)?.Columns ?? [])
            {
                json.WriteString($"column {column.Name}", $"{column.DataType} {column.Description}");
            }

            // Those of a materialized view are held against the live ones.
            var isMaterialized = node is ModelNode { Materialization: Materialization.MaterializedView };
            foreach (var (key, value) in node.Config.Values)
            {
                if (
                    !WithoutEffect.Contains(key, StringComparer.Ordinal)
                    && !(isMaterialized && key is "indexes" or "on_configuration_change")
                )
                {
                    JsonValueWriter.Write(json, $"config {key}", value);
                }
            }

            json.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
    }

    private static string Whole(FunctionNode function, string body)
    {
        var (prefix, suffix) = function.Signature.Around(function.Relation, body, replace: false);
        return prefix + body + suffix;
    }
}
