using System.Text.Json;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning.Selection.State;

namespace Analytics.Deployment.Cloning;

/// <summary>Where the relations of an earlier state are.</summary>
internal sealed class StateRelations(ManifestView manifest)
{
    /// <summary>The relation of a node; null when the state does not have one.</summary>
    public RelationName? Find(string uniqueId) =>
        manifest.Find(uniqueId) is { } node
        && ManifestView.At(node, "config", "materialized") is var materialized
        && (materialized.ValueKind != JsonValueKind.String || materialized.GetString() != "ephemeral")
        && Text(node, "database") is { } database
        && Text(node, "schema") is { } schema
        && Text(node, "alias") is { } alias
            ? new RelationName(database, schema, alias)
            : null;

    private static string? Text(JsonElement node, string key) =>
        ManifestView.At(node, key) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
