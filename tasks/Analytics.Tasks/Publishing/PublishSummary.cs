using System.Globalization;
using Analytics.Deployment.Reporting;

namespace Analytics.Tasks.Publishing;

/// <summary>The last lines of a publish.</summary>
internal static class PublishSummary
{
    /// <summary>
    /// Every node in the order of the plan; the line of counts that scripts look for in dbt's output; where the data can be
    /// queried.
    /// </summary>
    public static IEnumerable<string> Lines(DeploymentReport report)
    {
        if (report.Plan is not null)
        {
            yield return $"  This is what a publish to target '{report.Target}' would do; nothing was changed.";
            yield break;
        }

        yield return string.Empty;
        foreach (var result in report.Results)
        {
            yield return "  " + NodeLine.Row(result);
        }

        int Count(params NodeStatus[] statuses) => report.Results.Count(result => statuses.Contains(result.Status));
        yield return string.Empty;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"  Done. PASS={Count(NodeStatus.Success, NodeStatus.Pass)} WARN={Count(NodeStatus.Warn)} ERROR={Count(NodeStatus.Error, NodeStatus.Fail)} SKIP={Count(NodeStatus.Skipped)} REUSED={Count(NodeStatus.Reused)} TOTAL={report.Results.Length}"
        );
        var outcome =
            report.Succeeded ? "Published to"
            : report.IsLive ? "Published, with errors, to"
            : "Not published: the relations of";
        var state = report.IsLive ? string.Empty : " are as they were.";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"  {outcome} target '{report.Target}'{state} ({report.Elapsed.TotalSeconds:0.00} s)"
        );
        if (report.QueryHint.Length > 0)
        {
            yield return $"  Query it: {report.QueryHint}";
        }
    }
}
