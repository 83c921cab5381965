using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Analytics.Deployment.Planning.Catalog;

namespace Analytics.Deployment.Planning.Describing;

/// <summary>Writes a plan for programs: <c>publish_plan.json</c>. Keys are only ever added to it.</summary>
internal static class PlanJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file's text.</summary>
    public static string Write(DeploymentPlan plan)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("target", plan.Target);
            json.WriteString("database", plan.Database);
            json.WriteString("cut_over", plan.EachNode ? "node" : "publish");
            Texts(json, "create_schemas", plan.MissingSchemas);
            Texts(json, "staging_schemas", plan.StagingSchemas);
            Texts(json, "keep", plan.Reused.Select(node => node.UniqueId));
            json.WriteStartObject("defer");
            foreach (var (id, relation) in plan.Deferred.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                json.WriteString(id, relation.ToString());
            }

            json.WriteEndObject();
            Steps(json, plan.Steps);
            json.WriteStartArray("changes");
            foreach (var change in PlannedChanges.Of(plan))
            {
                Write(json, change);
            }

            json.WriteEndArray();
            Functions(json, plan);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Steps(Utf8JsonWriter json, ImmutableArray<PlannedStep> steps)
    {
        json.WriteStartArray("steps");
        foreach (var (step, after, _) in steps)
        {
            json.WriteStartObject();
            json.WriteString("unique_id", step.Node.UniqueId);
            json.WriteString("kind", step.Kind);
            Texts(json, "after", after.Select(index => steps[index].Step.Node.UniqueId));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Functions(Utf8JsonWriter json, DeploymentPlan plan)
    {
        json.WriteStartArray("functions");
        foreach (var step in plan.Functions)
        {
            json.WriteStartObject();
            json.WriteString("action", step.Made is null ? "create" : "replace");
            json.WriteString("function", step.Function.Relation.ToString());
            json.WriteString("unique_id", step.Function.UniqueId);
            json.WriteBoolean("destructive", false);
            json.WriteEndObject();
        }

        foreach (var pruned in plan.PrunedFunctions)
        {
            json.WriteStartObject();
            json.WriteString("action", "drop");
            json.WriteString("function", pruned.Signature);
            json.WriteNull("unique_id");
            json.WriteBoolean("destructive", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, PlannedChange change)
    {
        json.WriteStartObject();
        json.WriteString("action", change.Action);
        json.WriteString("relation", change.Relation.ToString());
        json.WriteString("kind", change.Kind.Sql());
        json.WriteString("unique_id", change.UniqueId);
        json.WriteString("old_kind", change.Old?.Sql());
        json.WriteString("lock", change.Lock.Length == 0 ? null : change.Lock);
        if (change.Rows is { } rows)
        {
            json.WriteNumber("estimated_rows", rows);
        }
        else
        {
            json.WriteNull("estimated_rows");
        }

        json.WriteBoolean("destructive", change.Destroys is not null);
        json.WriteString("destroys", change.Destroys);
        Texts(json, "dependents", change.Dependents.Select(name => name.ToString()));
        Texts(json, "grants", change.Grants);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string key, IEnumerable<string> texts)
    {
        json.WriteStartArray(key);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
