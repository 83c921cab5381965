using System.Diagnostics;
using Analytics.Compiler.Diagnostics;
using Analytics.Deployment.Planning.Retrying;
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
        var (earlier, problem) = request.Retry
            ? EarlierRun.Read(request.Selection.StatePath ?? request.ReportDirectory)
            : (null, string.Empty);
        request = earlier?.Switches.Over(request) ?? request;
        var session = new PublishSession(request, invocation, log) { Retried = earlier };
        var succeeded = false;
        try
        {
            if (problem.Length > 0)
            {
                log.Diagnostic(DeploymentDiagnostics.NothingToRetry(problem));
                return new DeploymentReport(false, [], watch.Elapsed, request.TargetName ?? string.Empty, string.Empty);
            }

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
        log.Complete();

        var target = session.TargetName;
        var report = new DeploymentReport(succeeded, log.Results, watch.Elapsed, target, session.QueryHint)
        {
            Plan = session.Plan,
            PlanJson = session.PlanJson,
            PlanScript = session.PlanScript,
            IsLive = log.IsLive || succeeded,
        };
        PublishTrace.Settle(span, report, session.Artifact?.ProjectName);
        WriteReports(request, invocation, session, report, log);
        return report;
    }

    private static void WriteReports(
        PublishRequest request,
        Invocation invocation,
        PublishSession session,
        DeploymentReport report,
        PublishLog log
    )
    {
        if (!log.HasPlan && !request.WhatIf)
        {
            // Nothing was run, so the last results are still those of the last publish: who retries needs them.
            return;
        }

        var run = new RunDescription(
            invocation.Id,
            invocation.StartedAt,
            invocation.StartedAt + report.Elapsed,
            report.Target,
            request.Selection.Select,
            request.Selection.Exclude,
            request.FullRefresh
        )
        {
            StoreFailures = request.StoreFailures,
            FailFast = request.FailFast,
            Empty = request.Empty,
            Sample = session.Sample,
            EventTimeStart = request.EventTimeStart,
            EventTimeEnd = request.EventTimeEnd,
            EachNode = request.CutOver == CutOverMode.Node,
        };
        try
        {
            Directory.CreateDirectory(request.ReportDirectory);
            if (request.WhatIf)
            {
                // The reports of the last publish stay: this was none.
                File.WriteAllText(Path.Combine(request.ReportDirectory, "publish_plan.txt"), report.Plan);
                File.WriteAllText(Path.Combine(request.ReportDirectory, "publish_plan.json"), report.PlanJson);
                File.WriteAllText(Path.Combine(request.ReportDirectory, "publish_plan.sql"), report.PlanScript);
                return;
            }

            var results = RunResultsWriter.Write(report.Results, run);
            File.WriteAllBytes(Path.Combine(request.ReportDirectory, "run_results.json"), results);
            if (session.Manifest is { IsCompletedSuccessfully: true, Result: var manifest })
            {
                File.WriteAllBytes(Path.Combine(request.ReportDirectory, "manifest.json"), manifest.ToArray());
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
