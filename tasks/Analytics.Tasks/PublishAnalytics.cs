using System.Globalization;
using Analytics.Compiler.Loading;
using Analytics.Deployment;
using Analytics.Tasks.Publishing;
using Analytics.Tasks.Telemetry;
using Microsoft.Build.Framework;

namespace Analytics.Tasks;

/// <summary>
/// <c>dotnet publish</c>: applies an artifact to a target and runs its tests. No parameter is a secret, because all of
/// them are in a binary log: what is secret comes from the environment.
/// </summary>
public sealed class PublishAnalytics : SelectionTask
{
    /// <summary>Where <c>run_results.json</c> and <c>manifest.json</c> are written.</summary>
    [Required]
    public string ReportDirectory { get; set; } = string.Empty;

    /// <summary><c>true</c> builds incremental models anew; empty means false.</summary>
    public string FullRefresh { get; set; } = string.Empty;

    /// <summary><c>true</c> keeps the failing rows of data tests whose config does not say; empty means false.</summary>
    public string StoreFailures { get; set; } = string.Empty;

    /// <summary><c>true</c> also builds views and seeds that did not change; empty means false.</summary>
    public string Force { get; set; } = string.Empty;

    /// <summary><c>node</c> makes each node visible as soon as it is built; empty or <c>publish</c> all at once.</summary>
    public string CutOver { get; set; } = string.Empty;

    /// <summary>The property <c>FuseTests</c>: <c>false</c> gives each data test a query of its own.</summary>
    public string FuseTests { get; set; } = string.Empty;

    /// <summary><c>true</c> ends the publish with the first red node; empty means false.</summary>
    public string FailFast { get; set; } = string.Empty;

    /// <summary><c>true</c> gives nodes no rows of what they read; empty means false.</summary>
    public string Empty { get; set; } = string.Empty;

    /// <summary>The time whose rows nodes get of what they read, such as <c>3 days</c>; empty for all rows.</summary>
    public string Sample { get; set; } = string.Empty;

    /// <summary>Where the time begins whose batches <c>microbatch</c> models do; empty for those that are due.</summary>
    public string EventTimeStart { get; set; } = string.Empty;

    /// <summary>Where that time ends; empty where it does not begin.</summary>
    public string EventTimeEnd { get; set; } = string.Empty;

    /// <summary>A target that keeps what <c>state:</c> compares with and <c>Defer</c> reads; empty for none.</summary>
    public string StateTarget { get; set; } = string.Empty;

    /// <summary><c>true</c> reads what is not selected from the state's target, where this one has it not; empty means false.</summary>
    public string Defer { get; set; } = string.Empty;

    /// <summary>The folder, manifest or artifact that <c>Defer</c> reads; empty for that of <see cref="State"/>.</summary>
    public string DeferState { get; set; } = string.Empty;

    /// <summary><c>true</c> reads it from there also where this target has it; empty means false.</summary>
    public string FavorState { get; set; } = string.Empty;

    /// <summary><c>true</c> publishes what the last publish did not; empty means false.</summary>
    public string Retry { get; set; } = string.Empty;

    /// <summary><c>true</c> drops what earlier publishes made and the project has no more; empty means false.</summary>
    public string Prune { get; set; } = string.Empty;

    /// <summary><c>true</c> only tells the plan; empty means false.</summary>
    public string WhatIf { get; set; } = string.Empty;

    /// <summary>How many nodes at once; empty for the target's own number.</summary>
    public string Threads { get; set; } = string.Empty;

    /// <summary>Commands that run before the plan is made: metadata <c>Command</c>, <c>Arguments</c>, <c>WorkingDirectory</c>.</summary>
    public ITaskItem[] StepsBefore { get; set; } = [];

    /// <inheritdoc />
    protected override string Title => "The publish";

    /// <inheritdoc />
    private protected override async Task<bool> RunAsync(
        LiveLog log,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        if (Request() is not { } request)
        {
            return false;
        }

        using var traces = TraceExport.Begin(ProcessEnvironment.Instance);
        var report = await Publisher.PublishAsync(request, observer, cancellationToken).ConfigureAwait(false);
        foreach (var line in PublishSummary.Lines(report))
        {
            log.Line(line);
        }

        log.TestsFinished(report.Results);
        if (!report.Succeeded && !Log.HasLoggedErrors)
        {
            Log.LogError($"The publish to target '{report.Target}' failed.");
        }

        return report.Succeeded;
    }

    private PublishRequest? Request()
    {
        int? threads = null;
        if (Threads.Length > 0)
        {
            if (!int.TryParse(Threads, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                Log.LogError($"The property Threads must be a whole number above zero, not '{Threads}'.");
                return null;
            }

            threads = number;
        }

        if (
            Flag(nameof(FullRefresh), FullRefresh) is not { } fullRefresh
            || Flag(nameof(StoreFailures), StoreFailures) is not { } storeFailures
            || Flag(nameof(Force), Force) is not { } force
            || Flag(nameof(FailFast), FailFast) is not { } failFast
            || Flag(nameof(FuseTests), FuseTests) is not { } fuseTests
            || Flag(nameof(Empty), Empty) is not { } empty
            || Flag(nameof(Retry), Retry) is not { } retry
            || Flag(nameof(Defer), Defer) is not { } defer
            || Flag(nameof(FavorState), FavorState) is not { } favorState
            || Flag(nameof(Prune), Prune) is not { } prune
            || Flag(nameof(WhatIf), WhatIf) is not { } whatIf
            || CutOverMode() is not { } cutOver
        )
        {
            return null;
        }

        var request = new PublishRequest
        {
            ArtifactPath = ArtifactPath,
            ProjectDirectory = ProjectDirectory,
            EmbeddedServerDirectory = EmbeddedServerDirectory,
            ReportDirectory = ReportDirectory,
            Selection = Selection with { StateTarget = StateTarget.Length == 0 ? null : StateTarget },
            FullRefresh = fullRefresh,
            StoreFailures = storeFailures,
            Force = force,
            CutOver = cutOver,
            FailFast = failFast,
            FuseTests = fuseTests || FuseTests.Length == 0,
            Empty = empty,
            Sample = Sample,
            EventTimeStart = EventTimeStart,
            EventTimeEnd = EventTimeEnd,
            Retry = retry,
            Defer = defer,
            DeferStatePath =
                DeferState.Length == 0 ? null : Path.GetFullPath(Path.Combine(ProjectDirectory, DeferState)),
            FavorState = favorState,
            Prune = prune,
            WhatIf = whatIf,
            Threads = threads,
            StepsBefore = [.. StepsBefore.Select(item => PrePublishItem.ToStep(item, ProjectDirectory))],
        };
        return Complete(request);
    }

    private CutOverMode? CutOverMode()
    {
        switch (CutOver.ToLowerInvariant())
        {
            case "" or "publish":
                return Deployment.CutOverMode.Publish;
            case "node":
                return Deployment.CutOverMode.Node;
            default:
                Log.LogError($"The property CutOver must be publish or node, not '{CutOver}'.");
                return null;
        }
    }

    private bool? Flag(string property, string value)
    {
        var flag = false;
        if (value.Length > 0 && !bool.TryParse(value, out flag))
        {
            Log.LogError($"The property {property} must be true or false, not '{value}'.");
            return null;
        }

        return flag;
    }
}
