using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Analytics.Deployment.Reporting;

/// <summary>Writes dbt's <c>run_results.json</c>, version 6.</summary>
internal static class RunResultsWriter
{
    private const string Schema = "https://schemas.getdbt.com/dbt/run-results/v6.json";

    // The version whose artifacts ours equal in shape; readers look at it to know what to expect.
    private const string DbtVersion = "1.12.3";

    /// <summary>The file's bytes.</summary>
    /// <param name="results">What became of the nodes.</param>
    /// <param name="run">What the run was.</param>
    public static byte[] Write(ImmutableArray<NodeResult> results, RunDescription run)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata");
            json.WriteString("dbt_schema_version", Schema);
            json.WriteString("dbt_version", DbtVersion);
            json.WriteString("generated_at", Time(run.EndedAt));
            json.WriteString("invocation_id", run.InvocationId);
            json.WriteString("invocation_started_at", Time(run.StartedAt));
            json.WriteStartObject("env");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("results");
            foreach (var result in results)
            {
                Write(json, result);
            }

            json.WriteEndArray();
            json.WriteNumber("elapsed_time", Seconds(run.EndedAt - run.StartedAt));

            // Not the variables: they may hold what nobody should read here.
            json.WriteStartObject("args");
            json.WriteString("which", "build");
            json.WriteString("invocation_command", "dotnet publish");
            json.WriteString("target", run.Target);
            json.WriteBoolean("full_refresh", run.FullRefresh);
            Words(json, "select", run.Select);
            Words(json, "exclude", run.Exclude);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, NodeResult result)
    {
        json.WriteStartObject();
        json.WriteString("status", Status(result.Status));
        json.WriteStartArray("timing");
        if (result.Status is not (NodeStatus.Skipped or NodeStatus.Reused))
        {
            json.WriteStartObject();
            json.WriteString("name", "execute");
            json.WriteString("started_at", Time(result.StartedAt));
            json.WriteString("completed_at", Time(result.StartedAt + result.Duration));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("thread_id", FormattableString.Invariant($"Thread-{result.Thread}"));
        json.WriteNumber("execution_time", Seconds(result.Duration));
        json.WriteStartObject("adapter_response");
        if (AdapterResponse.Of(result) is { } response)
        {
            json.WriteString("_message", response.Message);
            json.WriteString("code", response.Code);
            json.WriteNumber("rows_affected", response.Rows);
        }

        json.WriteEndObject();
        json.WriteString("message", result.Message.Length == 0 ? null : result.Message);
        if (result.Failures is { } failures)
        {
            json.WriteNumber("failures", failures);
        }
        else
        {
            json.WriteNull("failures");
        }

        json.WriteString("unique_id", result.UniqueId);
        json.WriteBoolean("compiled", result.CompiledSql is not null);
        json.WriteString("compiled_code", result.CompiledSql);
        json.WriteString("relation_name", result.RelationSql);
        json.WriteEndObject();
    }

    private static void Words(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartArray(name);
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    /// <summary>dbt's word.</summary>
    public static string Status(NodeStatus status) =>
        status switch
        {
            NodeStatus.Success => "success",
            NodeStatus.Pass => "pass",
            NodeStatus.Warn => "warn",
            NodeStatus.Fail => "fail",
            NodeStatus.Skipped => "skipped",
            NodeStatus.Reused => "reused",
            _ => "error",
        };

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 6);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>What <c>run_results.json</c> says of the run as a whole.</summary>
/// <param name="InvocationId">The run's id.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Target">The target's name.</param>
/// <param name="Select">The selection as given.</param>
/// <param name="Exclude">The exclusion as given.</param>
/// <param name="FullRefresh">Whether incremental models were built anew.</param>
internal sealed record RunDescription(
    Guid InvocationId,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    string Target,
    string Select,
    string Exclude,
    bool FullRefresh
);
