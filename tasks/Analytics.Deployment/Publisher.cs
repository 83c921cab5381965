using System.Diagnostics;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Emitting;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment;

/// <summary>Publishes an artifact: what <c>dotnet publish</c> does.</summary>
public static class Publisher
{
    /// <summary>
    /// Builds and tests everything beside the live relations and, when nothing is red, makes it visible in one transaction.
    /// </summary>
    /// <param name="request">What to publish, and where.</param>
    /// <param name="observer">Hears of everything as it happens, errors included.</param>
    /// <param name="cancellationToken">Stops it; running statements are cancelled and the old relations stay.</param>
    /// <returns>
    /// The report. Nothing is thrown for what goes wrong, not even for a cancellation: the observer got a diagnostic, and the
    /// report says that the publish did not succeed.
    /// </returns>
    public static async Task<DeploymentReport> PublishAsync(
        PublishRequest request,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var log = new PublishLog(observer);
        var invocation = new Invocation(Guid.NewGuid(), TimeProvider.System.GetUtcNow());
        var watch = Stopwatch.StartNew();
        using var span = PublishTrace.Publish(request.Environment.Get("TRACEPARENT"));
        var session = new PublishSession(request, invocation, log);
        var succeeded = false;
        try
        {
            succeeded = await session.RunAsync(cancellationToken).ConfigureAwait(false) && !log.HasErrors;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Whatever a cancelled driver throws, this is what happened.
            log.Diagnostic(DeploymentDiagnostics.Cancelled(log.IsLive));
        }
        catch (Exception exception)
        {
            log.Diagnostic(session.Explain(exception));
        }

        log.IsLive |= session.IsCutOver;
        log.RollBack();

        var target = session.TargetName;
        var report = new DeploymentReport(succeeded, log.Results, watch.Elapsed, target, session.QueryHint)
        {
            Plan = session.Plan,
            IsLive = log.IsLive,
        };
        PublishTrace.Settle(span, report, session.Artifact?.ProjectName);
        WriteReports(request, invocation, session.Artifact, report, log);
        return report;
    }

    private static void WriteReports(
        PublishRequest request,
        Invocation invocation,
        Artifact? artifact,
        DeploymentReport report,
        PublishLog log
    )
    {
        var run = new RunDescription(
            invocation.Id,
            invocation.StartedAt,
            invocation.StartedAt + report.Elapsed,
            report.Target,
            request.Selection.Select,
            request.Selection.Exclude,
            request.FullRefresh
        );
        try
        {
            Directory.CreateDirectory(request.ReportDirectory);
            if (request.WhatIf)
            {
                // The reports of the last publish stay: this was none.
                File.WriteAllText(Path.Combine(request.ReportDirectory, "publish_plan.txt"), report.Plan);
                return;
            }

            var results = RunResultsWriter.Write(report.Results, run);
            File.WriteAllBytes(Path.Combine(request.ReportDirectory, "run_results.json"), results);
            if (artifact is not null)
            {
                File.WriteAllBytes(Path.Combine(request.ReportDirectory, "manifest.json"), artifact.Manifest.ToArray());
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Progress($"the reports could not be written: {exception.Message}");
        }
    }
}

/// <summary>One run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StartedAt">When it began, UTC.</param>
internal sealed record Invocation(Guid Id, DateTimeOffset StartedAt);
