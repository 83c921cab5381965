using System.Diagnostics;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Reporting;

/// <summary>
/// The spans of a publish, for whoever listens to them (OpenTelemetry's exporters do): the publish, its plan, each node and the cut-over.
/// The driver adds one for each statement, from a source of its own. Without a listener nothing is made.
/// </summary>
public static class PublishTrace
{
    /// <summary>The name of the source of the spans.</summary>
    public const string SourceName = "Analytics.Sdk";

    /// <summary>The name of the driver's source.</summary>
    public const string DriverSourceName = "Npgsql";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the span of a whole publish.</summary>
    /// <param name="parent">A W3C <c>traceparent</c> of what started the publish; null or malformed for none.</param>
    internal static Activity? Publish(string? parent)
    {
        ActivityContext.TryParse(parent, null, isRemote: true, out var context);
        return Source.StartActivity("publish", ActivityKind.Internal, context);
    }

    /// <summary>Begins the span of a part of the publish.</summary>
    internal static Activity? Part(string name) => Source.StartActivity(name);

    /// <summary>Begins the span of a node.</summary>
    internal static Activity? Node(NodeStep step, int worker)
    {
        var activity = Source.StartActivity($"{step.Kind} {step.Title}");
        activity?.SetTag("analytics.node.unique_id", step.Node.UniqueId);
        activity?.SetTag("analytics.node.kind", step.Kind);
        activity?.SetTag("analytics.worker", worker);
        return activity;
    }

    /// <summary>Says what became of a node.</summary>
    internal static void Settle(Activity? activity, StepOutcome outcome)
    {
        activity?.SetTag("analytics.node.status", RunResultsWriter.Status(outcome.Status));
        activity?.SetTag("db.response.returned_rows", outcome.Rows);
        activity?.SetTag("analytics.test.failures", outcome.Failures);
        if (outcome.IsRed)
        {
            activity?.SetStatus(ActivityStatusCode.Error, outcome.Message);
        }
    }

    /// <summary>Says what became of the publish.</summary>
    internal static void Settle(Activity? activity, DeploymentReport report, string? project)
    {
        activity?.SetTag("analytics.project", project);
        activity?.SetTag("analytics.target", report.Target);
        activity?.SetTag("analytics.nodes", report.Results.Length);
        activity?.SetTag("analytics.live", report.IsLive);
        activity?.SetStatus(report.Succeeded ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
    }
}
