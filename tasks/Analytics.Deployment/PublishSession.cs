using System.Collections.Immutable;
using Analytics.Compiler;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Emitting;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Applying.CuttingOver;
using Analytics.Deployment.Opening;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Deferring;
using Analytics.Deployment.Planning.Retrying;
using Analytics.Deployment.Planning.Selection;
using Analytics.Deployment.Planning.Selection.State;
using Analytics.Deployment.Reporting;
using Analytics.Jinja.Values;
using Npgsql;

namespace Analytics.Deployment;

/// <summary>Takes a publish from the artifact to the open target and through the run.</summary>
internal sealed class PublishSession(PublishRequest request, Invocation invocation, PublishLog log)
{
    private readonly TargetOpener opener = new(request, log);
    private InputRows inputs = InputRows.All;

    /// <summary>The run whose open nodes are published; null when it is no retry.</summary>
    public EarlierRun? Retried { get; init; }

    /// <summary>The time whose rows nodes get, as the property <c>Sample</c> reads it; null for all rows.</summary>
    public string? Sample =>
        inputs.Sample is { } time
            ? FormattableString.Invariant($"{{start: '{time.Start:O}', end: '{time.End:O}'}}")
            : null;

    /// <summary>The manifest with the names of the target; null until these are known.</summary>
    public Task<ReadOnlyMemory<byte>>? Manifest { get; private set; }

    /// <summary>The artifact; null until it was read.</summary>
    public Artifact? Artifact => opener.Artifact;

    /// <summary>The target's name, as far as it is known.</summary>
    public string TargetName => opener.TargetName;

    /// <summary>Where the data can be queried; empty when nothing was connected.</summary>
    public string QueryHint => opener.QueryHint;

    /// <summary>What would be done; null when it was not asked for.</summary>
    public string? Plan { get; private set; }

    /// <summary>The same as JSON.</summary>
    public string? PlanJson { get; private set; }

    /// <summary>Its cut-over as SQL to review.</summary>
    public string? PlanScript { get; private set; }

    /// <summary>Whether the new relations became visible.</summary>
    public bool IsCutOver { get; private set; }

    /// <summary>What to tell of an exception that nobody caught on the way.</summary>
    public Diagnostic Explain(Exception exception) => opener.Explain(exception, "Publishing");

    /// <summary>Publishes.</summary>
    /// <returns>Whether everything is visible now.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var sample = SampleReader.Parse(request.Sample, invocation.StartedAt);
        var batches = EventTimeReader.Parse(request.EventTimeStart, request.EventTimeEnd);
        inputs = new InputRows(request.Empty, sample.Window) { Batches = batches.Window };
        if (log.Diagnostics([.. sample.Diagnostics, .. batches.Diagnostics]))
        {
            return false;
        }

        if (await opener.OpenAsync(Options, cancellationToken).ConfigureAwait(false) is not { } target)
        {
            return false;
        }

        await using (target.ConfigureAwait(false))
        {
            var states = new EarlierStates(request, opener, log);
            var earlier = await states.OfTargetAsync(target, cancellationToken).ConfigureAwait(false);
            var deferral = log.HasErrors ? null : states.Deferral(earlier);
            if (log.HasErrors || Select(target, earlier) is not { } selected)
            {
                return false;
            }

            Manifest = Task.Run(() => TargetManifest.Of(target.Artifact.Manifest, target.Project), cancellationToken);

            if (Retried is not null && selected.Count == 0)
            {
                log.Progress("nothing to retry: all of the last publish succeeded");
                return true;
            }

            var planner = new TargetPlanner(target.Project, target.Connection, log)
            {
                Force = request.Force,
                CutOver = request.CutOver,
                Inputs = inputs,
                Deferral = deferral,
                Prune = request.Prune,
            };
            if (request.WhatIf)
            {
                return await PrintAsync(target.Project, planner, selected, cancellationToken).ConfigureAwait(false);
            }

            return await LockAsync(target, cancellationToken).ConfigureAwait(false)
                && await StepsBeforeAsync(target, cancellationToken).ConfigureAwait(false)
                && await DeployAsync(target, planner, selected, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> DeployAsync(
        OpenTarget target,
        TargetPlanner planner,
        IReadOnlySet<string> selected,
        CancellationToken cancellationToken
    )
    {
        var connections = target.CreateWorkers();
        await using var owned = connections.ConfigureAwait(false);
        var plan = await planner.PlanAsync(selected, request.FullRefresh, cancellationToken).ConfigureAwait(false);
        if (plan is not null)
        {
            var run = new DeploymentRun(target.Project, target.Connection, target.Lock, log)
            {
                StartedAt = invocation.StartedAt,
                FailFast = request.FailFast,
                FuseTests = request.FuseTests,
                Inputs = inputs,
                Manifest = Manifest,
            };
            var workers = request.Threads ?? target.Project.Target.Threads;
            IsCutOver = await run.RunAsync(connections, plan, request.FullRefresh, workers, cancellationToken)
                .ConfigureAwait(false);
        }

        await ReleaseAsync(target).ConfigureAwait(false);
        return IsCutOver;
    }

    // Reads the catalog and takes no lock: a publish that runs at the same time is not disturbed, and its outcome is not foreseen.
    private async Task<bool> PrintAsync(
        CompiledProject project,
        TargetPlanner planner,
        IReadOnlySet<string> selected,
        CancellationToken cancellationToken
    )
    {
        if (
            await planner.PlanAsync(selected, request.FullRefresh, cancellationToken).ConfigureAwait(false)
            is not { } plan
        )
        {
            return false;
        }

        Plan = PlanPrinter.Print(plan);
        PlanJson = Planning.Describing.PlanJson.Write(plan);
        PlanScript = Applying.CuttingOver.PlanScript.Write(
            plan,
            new ExpectedStatements(plan, node => Expected(project, plan, node, cancellationToken))
        );
        foreach (var line in Plan.TrimEnd('\n').Split('\n'))
        {
            log.Progress(line);
        }

        return true;
    }

    private RenderedSql? Expected(
        CompiledProject project,
        DeploymentPlan plan,
        RelationNode node,
        CancellationToken cancellationToken
    )
    {
        var relations = new LiveRelations(plan.Deferred);
        var scope = new RenderScope(relations, false, request.FullRefresh, NoWarehouse.Instance, false)
        {
            Inputs = inputs,
        };
        var rendered = project.Renderer.Render(node, scope, cancellationToken);
        return rendered.AskedDatabase ? null : rendered.Sql;
    }

    // A server ends a closed connection in its own time: the next publish need not wait for that. What goes wrong here changes nothing
    // of what is done; the lock goes with the connection.
    private async Task ReleaseAsync(OpenTarget target)
    {
        try
        {
            await target.Lock.ReleaseAsync(target.Connection, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            log.Progress($"the publish's lock is left for the server to free: {ServerMessage.Of(exception)}");
        }
    }

    // Before anything is done to the target: a mistake in a selection costs nothing.
    private IReadOnlySet<string>? Select(OpenTarget target, EarlierState? earlier)
    {
        if (Retried is not null)
        {
            return Retry(target.Project, Retried);
        }

        var (selected, diagnostics) = new NodeSelector(target.Project, target.Artifact.Manifest)
        {
            Earlier = earlier,
        }.Select(request.Selection);
        log.Diagnostics(diagnostics);
        return selected;
    }

    private ImmutableHashSet<string>? Retry(CompiledProject project, EarlierRun run)
    {
        if (run.Switches.Target is { } last && last != TargetName)
        {
            log.Diagnostic(
                DeploymentDiagnostics.NothingToRetry($"the last publish was to target '{last}', not '{TargetName}'")
            );
            return null;
        }

        var chosen = request.Selection;
        if (
            chosen with
            {
                StatePath = null,
                StateTarget = null,
                ReportsPath = null,
                IndirectSelection = string.Empty,
            } != SelectionRequest.All
        )
        {
            var text = string.Join(
                ' ',
                new[] { chosen.Selector, chosen.Select, chosen.Exclude }.Where(word => word.Length > 0)
            );
            log.Diagnostic(
                GraphDiagnostics.InvalidSelection(
                    null,
                    text,
                    "Retry publishes what did not succeed last time, and goes with no other selection"
                )
            );
            return null;
        }

        return RetrySelection.Of(run, project.Graph);
    }

    private CompileOptions Options(TargetProfile target, PyDict vars) =>
        new(target, vars, request.Environment, request.FullRefresh, "build", invocation.Id, invocation.StartedAt)
        {
            StoreFailures = request.StoreFailures,
            Inputs = inputs,
        };

    private async Task<bool> LockAsync(OpenTarget target, CancellationToken cancellationToken)
    {
        var holder = await target.Lock.TryTakeAsync(target.Connection, cancellationToken).ConfigureAwait(false);
        if (holder is not null)
        {
            log.Diagnostic(DeploymentDiagnostics.Busy(TargetName, holder));
        }

        return holder is null;
    }

    private async Task<bool> StepsBeforeAsync(OpenTarget target, CancellationToken cancellationToken)
    {
        foreach (var step in request.StepsBefore)
        {
            var sslMode = target.Project.Target.Settings.GetValueOrDefault("sslmode");
            var failed = await PrePublishRunner
                .RunAsync(step, target.Address, sslMode, log, cancellationToken)
                .ConfigureAwait(false);
            if (failed is not null)
            {
                log.Diagnostic(failed);
                return false;
            }
        }

        return true;
    }
}
