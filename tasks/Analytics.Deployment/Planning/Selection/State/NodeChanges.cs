using System.Text.Json;

namespace Analytics.Deployment.Planning.Selection.State;

/// <summary>In which respects two descriptions of one node differ, by dbt's rules.</summary>
internal static class NodeChanges
{
    // Where a relation goes is 'relation'; tags and groups change nothing of it.
    private static readonly string[] NoConfig = ["alias", "schema", "database", "tags", "group", "event_time"];
    private static readonly string[] Place = ["database", "schema", "alias"];

    // What a data test's query and verdict come from.
    private static readonly string[] TestConfig =
    [
        "severity",
        "where",
        "limit",
        "fail_calc",
        "warn_if",
        "error_if",
        "store_failures",
        "store_failures_as",
    ];

    /// <summary>The SQL or, for a seed, the file.</summary>
    public static bool Body(JsonElement old, JsonElement current) =>
        Kind(current) == "seed"
            ? !Same(old, current, "checksum", "checksum")
            : Code(old).Trim() != Code(current).Trim();

    /// <summary>The configs as they are written, templates and all.</summary>
    public static bool Config(JsonElement old, JsonElement current)
    {
        var (before, after) = (Unrendered(old), Unrendered(current));
        var keys = Keys(before).Union(Keys(after), StringComparer.Ordinal);
        keys = Kind(current) == "test" ? keys.Intersect(TestConfig) : keys.Except(NoConfig);
        return keys.Any(key => !Same(before, after, key));
    }

    /// <summary>The descriptions that <c>persist_docs</c> writes to the database.</summary>
    public static bool PersistedDescription(JsonElement old, JsonElement current)
    {
        var persisted = ManifestView.At(current, "config", "persist_docs");
        if (IsTrue(persisted, "relation") && !Same(old, current, "description"))
        {
            return true;
        }

        var (before, after) = (ManifestView.At(old, "columns"), ManifestView.At(current, "columns"));
        return IsTrue(persisted, "columns")
            && Keys(before)
                .Union(Keys(after), StringComparer.Ordinal)
                .Any(column => !Same(before, after, column, "description"));
    }

    /// <summary>Where it goes, as configured: another target is no change.</summary>
    public static bool Relation(JsonElement old, JsonElement current)
    {
        var (before, after) = (Unrendered(old), Unrendered(current));
        return Place.Any(key => !Same(before, after, key));
    }

    /// <summary>The enforced contract: its columns, their types and the constraints.</summary>
    public static bool Contract(JsonElement old, JsonElement current)
    {
        var (before, after) = (IsEnforced(old), IsEnforced(current));
        if (!before && !after)
        {
            return false;
        }

        var (columns, now) = (ManifestView.At(old, "columns"), ManifestView.At(current, "columns"));
        return before != after
            || !Same(old, current, "constraints")
            || Keys(columns)
                .Union(Keys(now), StringComparer.Ordinal)
                .Any(column => !Same(columns, now, column, "data_type") || !Same(columns, now, column, "constraints"));
    }

    /// <summary>Anything of a node itself; what its macros are is another matter.</summary>
    public static bool Anything(JsonElement old, JsonElement current) =>
        Kind(current) switch
        {
            "source" => Any(old, current, "fqn", "identifier", "quoting", "freshness", "loaded_at_field", "external")
                || SourcePlace(old, current)
                || Config(old, current),
            "exposure" => Any(old, current, "fqn", "type", "owner", "maturity", "url", "description", "label")
                || !Same(old, current, "depends_on", "nodes")
                || Config(old, current),
            "function" => Body(old, current)
                || Any(old, current, "fqn", "arguments", "returns")
                || Config(old, current)
                || Relation(old, current),
            "unit_test" => Any(old, current, "model", "given", "expect", "overrides"),
            "test" when ManifestView.At(current, "test_metadata").ValueKind == JsonValueKind.Object => Config(
                old,
                current
            ) || Any(old, current, "fqn"),
            _ => Body(old, current)
                || Config(old, current)
                || PersistedDescription(old, current)
                || Any(old, current, "fqn")
                || Relation(old, current)
                || Contract(old, current),
        };

    // Older manifests have only the rendered names.
    private static bool SourcePlace(JsonElement old, JsonElement current) =>
        old.TryGetProperty("unrendered_schema", out _)
            ? Any(old, current, "unrendered_database", "unrendered_schema")
            : Any(old, current, "database", "schema");

    private static bool Any(JsonElement old, JsonElement current, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (!Same(old, current, key))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Same(JsonElement old, JsonElement current, params ReadOnlySpan<string> path)
    {
        var (before, after) = (ManifestView.At(old, path), ManifestView.At(current, path));
        return IsNothing(before) || IsNothing(after)
            ? IsNothing(before) == IsNothing(after)
            : JsonElement.DeepEquals(before, after);
    }

    // An absent key, null, and an empty mapping or list say the same.
    private static bool IsNothing(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => true,
            JsonValueKind.Array => element.GetArrayLength() == 0,
            JsonValueKind.Object => element.GetPropertyCount() == 0,
            _ => false,
        };

    private static IEnumerable<string> Keys(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(entry => entry.Name) : [];

    private static JsonElement Unrendered(JsonElement node) => ManifestView.At(node, "unrendered_config");

    private static string Kind(JsonElement node) => Text(ManifestView.At(node, "resource_type"));

    private static string Code(JsonElement node) => Text(ManifestView.At(node, "raw_code"));

    private static string Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : string.Empty;

    private static bool IsTrue(JsonElement element, string key) =>
        ManifestView.At(element, key).ValueKind == JsonValueKind.True;

    private static bool IsEnforced(JsonElement node) =>
        ManifestView.At(node, "contract", "enforced").ValueKind == JsonValueKind.True;
}
