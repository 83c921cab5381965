using System.Collections.Immutable;
using System.Text.Json;

namespace Analytics.Deployment.Reporting;

/// <summary>Writes dbt's <c>run_results.json</c>, version 6.</summary>
internal static class RunResultsWriter
{
    /// <summary>The file's bytes.</summary>
    /// <param name="results">What became of the nodes.</param>
    /// <param name="run">What the run was.</param>
    public static byte[] Write(ImmutableArray<NodeResult> results, RunDescription run) =>
        ArtifactJson.Write(
            "run-results/v6",
            new Invocation(run.InvocationId, run.StartedAt),
            run.EndedAt,
            json =>
            {
                json.WriteStartArray("results");
                foreach (var result in results)
                {
                    Write(json, result);
                }

                json.WriteEndArray();
                json.WriteNumber("elapsed_time", ArtifactJson.Seconds(run.EndedAt - run.StartedAt));

                // Not the variables: they may hold what nobody should read here.
                json.WriteStartObject("args");
                json.WriteString("which", run.Which);
                json.WriteString("invocation_command", run.Command);
                json.WriteString("target", run.Target);
                json.WriteBoolean("full_refresh", run.FullRefresh);
                json.WriteBoolean("store_failures", run.StoreFailures);
                json.WriteBoolean("fail_fast", run.FailFast);
                json.WriteBoolean("empty", run.Empty);
                json.WriteString("sample", run.Sample);
                json.WriteString("event_time_start", run.EventTimeStart);
                json.WriteString("event_time_end", run.EventTimeEnd);
                json.WriteString("cut_over", run.EachNode ? "node" : "publish");
                Words(json, "select", run.Select);
                Words(json, "exclude", run.Exclude);
                json.WriteEndObject();
            }
        );

    private static void Write(Utf8JsonWriter json, NodeResult result)
    {
        json.WriteStartObject();
        json.WriteString("status", Status(result.Status));
        json.WriteStartArray("timing");
        if (result.Status is not (NodeStatus.Skipped or NodeStatus.Reused))
        {
            json.WriteStartObject();
            json.WriteString("name", "execute");
            json.WriteString("started_at", ArtifactJson.Time(result.StartedAt));
            json.WriteString("completed_at", ArtifactJson.Time(result.StartedAt + result.Duration));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("thread_id", FormattableString.Invariant($"Thread-{result.Thread}"));
        json.WriteNumber("execution_time", ArtifactJson.Seconds(result.Duration));
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
)
{
    /// <summary>dbt's word for the command.</summary>
    public string Which { get; init; } = "build";

    /// <summary>What was typed, without the properties.</summary>
    public string Command { get; init; } = "dotnet publish";

    /// <summary>Whether tests kept their failing rows where their config does not say.</summary>
    public bool StoreFailures { get; init; }

    /// <summary>Whether the first red node ended it.</summary>
    public bool FailFast { get; init; }

    /// <summary>Whether nodes got no rows of what they read.</summary>
    public bool Empty { get; init; }

    /// <summary>The time whose rows nodes got, as the property <c>Sample</c> reads it; null for all rows.</summary>
    public string? Sample { get; init; }

    /// <summary>Where the time begins whose batches were done; empty for those that were due.</summary>
    public string EventTimeStart { get; init; } = string.Empty;

    /// <summary>Where that time ends.</summary>
    public string EventTimeEnd { get; init; } = string.Empty;

    /// <summary>Whether each node became visible by itself.</summary>
    public bool EachNode { get; init; }
}
