using System.Collections.Immutable;
using System.Text.Json;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Freshness;

/// <summary>Writes dbt's <c>sources.json</c>, version 3.</summary>
internal static class SourcesWriter
{
    /// <summary>The file's bytes.</summary>
    /// <param name="results">What was measured.</param>
    /// <param name="invocation">The run.</param>
    /// <param name="endedAt">When it ended.</param>
    public static byte[] Write(
        ImmutableArray<FreshnessResult> results,
        Invocation invocation,
        DateTimeOffset endedAt
    ) =>
        ArtifactJson.Write(
            "sources/v3",
            invocation,
            endedAt,
            json =>
            {
                json.WriteStartArray("results");
                foreach (var result in results)
                {
                    Write(json, result);
                }

                json.WriteEndArray();
                json.WriteNumber("elapsed_time", ArtifactJson.Seconds(endedAt - invocation.StartedAt));
            }
        );

    private static void Write(Utf8JsonWriter json, FreshnessResult result)
    {
        json.WriteStartObject();
        json.WriteString("unique_id", result.UniqueId);
        if (result.Measured is not { } measured)
        {
            json.WriteString("error", result.Error);
            json.WriteString("status", Status(result.Status));
            json.WriteEndObject();
            return;
        }

        json.WriteString("max_loaded_at", ArtifactJson.Time(measured.MaxLoadedAt));
        json.WriteString("snapshotted_at", ArtifactJson.Time(measured.SnapshottedAt));
        json.WriteNumber("max_loaded_at_time_ago_in_s", ArtifactJson.Seconds(measured.Age));
        json.WriteString("status", Status(result.Status));
        json.WriteStartObject("criteria");
        Limit(json, "warn_after", result.Criteria.WarnAfter);
        Limit(json, "error_after", result.Criteria.ErrorAfter);
        json.WriteString("filter", result.Criteria.Filter);
        json.WriteEndObject();
        json.WriteStartObject("adapter_response");
        json.WriteString("_message", "SELECT 1");
        json.WriteString("code", "SELECT");
        json.WriteNumber("rows_affected", 1);
        json.WriteEndObject();
        json.WriteStartArray("timing");
        json.WriteStartObject();
        json.WriteString("name", "execute");
        json.WriteString("started_at", ArtifactJson.Time(result.StartedAt));
        json.WriteString("completed_at", ArtifactJson.Time(result.StartedAt + result.Duration));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("thread_id", "main");
        json.WriteNumber("execution_time", ArtifactJson.Seconds(result.Duration));
        json.WriteEndObject();
    }

    private static void Limit(Utf8JsonWriter json, string name, FreshnessLimit? limit)
    {
        json.WriteStartObject(name);
        if (limit is null)
        {
            json.WriteNull("count");
            json.WriteNull("period");
        }
        else
        {
            json.WriteNumber("count", limit.Count);
            json.WriteString("period", limit.Period.ToString().ToLowerInvariant());
        }

        json.WriteEndObject();
    }

    private static string Status(FreshnessStatus status) =>
        status switch
        {
            FreshnessStatus.Pass => "pass",
            FreshnessStatus.Warn => "warn",
            FreshnessStatus.Error => "error",
            _ => "runtime error",
        };
}
