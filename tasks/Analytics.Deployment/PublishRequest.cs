namespace Analytics.Deployment;

/// <summary>What <c>dotnet publish</c> asks for.</summary>
public sealed record PublishRequest : TargetRequest
{
    /// <summary>Where <c>run_results.json</c> and <c>manifest.json</c> are written.</summary>
    public required string ReportDirectory { get; init; }

    /// <summary>Which nodes to publish.</summary>
    public SelectionRequest Selection { get; init; } = SelectionRequest.All;

    /// <summary>Whether incremental models are built anew.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>Whether data tests keep their failing rows where their config does not say.</summary>
    public bool StoreFailures { get; init; }

    /// <summary>Whether also views and seeds are built that did not change since the last publish.</summary>
    public bool Force { get; init; }

    /// <summary>When what was built becomes visible.</summary>
    public CutOverMode CutOver { get; init; } = CutOverMode.Publish;

    /// <summary>Whether the first red node ends the publish: dbt's <c>--fail-fast</c>.</summary>
    public bool FailFast { get; init; }

    /// <summary>Whether data tests of one relation are judged in one scan of it where their SQL allows it; the results are the same.</summary>
    public bool FuseTests { get; init; } = true;

    /// <summary>Whether nodes get no rows of what they read: dbt's <c>--empty</c>.</summary>
    public bool Empty { get; init; }

    /// <summary>The property <c>Sample</c>, dbt's <c>--sample</c>: <c>3 days</c>, a YAML mapping with <c>start</c> and <c>end</c>, or empty.</summary>
    public string Sample { get; init; } = string.Empty;

    /// <summary>
    /// Where the time begins whose batches <c>microbatch</c> models do, UTC unless it says otherwise: dbt's <c>--event-time-start</c>.
    /// Empty, together with the end, for the batches that are due.
    /// </summary>
    public string EventTimeStart { get; init; } = string.Empty;

    /// <summary>Where that time ends: dbt's <c>--event-time-end</c>. The batch in which it ends is done to its end.</summary>
    public string EventTimeEnd { get; init; } = string.Empty;

    /// <summary>
    /// Whether what is read and not selected is read from where the state has it, if the target does not have it: dbt's <c>--defer</c>.
    /// </summary>
    public bool Defer { get; init; }

    /// <summary>Where the state to defer to is; null for that of the selection.</summary>
    public string? DeferStatePath { get; init; }

    /// <summary>Whether it is read from there also where the target has it: dbt's <c>--favor-state</c>.</summary>
    public bool FavorState { get; init; }

    /// <summary>
    /// Whether to publish what the last publish did not: its results are read from <see cref="SelectionRequest.StatePath"/>, else from
    /// <see cref="ReportDirectory"/>, and it is told what that one was told. It goes with no other selection.
    /// </summary>
    public bool Retry { get; init; }

    /// <summary>Whether relations are dropped that earlier publishes of the project made and that it has no more.</summary>
    public bool Prune { get; init; }

    /// <summary>Whether the plan is only told and written: nothing of the target changes, and no step before the publish runs.</summary>
    public bool WhatIf { get; init; }

    /// <summary>How many nodes run at once; null for the target's own number.</summary>
    public int? Threads { get; init; }

    /// <summary>Commands of the project that run before the plan is made, each with libpq's environment variables of the target set.</summary>
    public IReadOnlyList<PrePublishStep> StepsBefore { get; init; } = [];
}

/// <summary>A command that runs once the target is open and before anything is planned, for example one that lands data.</summary>
/// <param name="Name">What the log calls it.</param>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments, each one argument.</param>
/// <param name="WorkingDirectory">Where it runs.</param>
public sealed record PrePublishStep(
    string Name,
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory
);
