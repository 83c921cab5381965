using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Opening;
using Analytics.Deployment.Planning.Selection;

namespace Analytics.Deployment.Freshness;

/// <summary>Looks how old the sources are: <c>dbt source freshness</c>.</summary>
public static class SourceFreshnessCheck
{
    /// <summary>The file that is written.</summary>
    public const string FileName = "sources.json";

    /// <summary>Measures every selected source that has limits and writes <c>sources.json</c>.</summary>
    /// <param name="request">Which sources, and where.</param>
    /// <param name="observer">Hears of everything as it happens, errors included.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing was written.</exception>
    /// <exception cref="IOException">The report cannot be written.</exception>
    public static async Task<FreshnessReport> RunAsync(
        FreshnessRequest request,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var command = new TargetCommand(request, observer, "freshness");
        ImmutableArray<FreshnessResult> results = [];
        var isMeasured = false;
        var succeeded = await command
            .RunAsync(
                async target =>
                {
                    if (Sources(target, request.Selection, command) is { } sources)
                    {
                        results = await MeasureAsync(target, sources, request.Threads, command, cancellationToken)
                            .ConfigureAwait(false);
                        isMeasured = true;
                    }
                },
                "Measuring the freshness of sources",
                cancellationToken
            )
            .ConfigureAwait(false);
        if (isMeasured)
        {
            Directory.CreateDirectory(request.ReportDirectory);
            var file = Path.Combine(request.ReportDirectory, FileName);
            var json = SourcesWriter.Write(results, command.Invocation, TimeProvider.System.GetUtcNow());
            await File.WriteAllBytesAsync(file, json, cancellationToken).ConfigureAwait(false);
        }

        return new FreshnessReport(succeeded, results);
    }

    private static List<SourceNode>? Sources(OpenTarget target, SelectionRequest selection, TargetCommand command)
    {
        var selector = new NodeSelector(target.Project, target.Artifact.Manifest);
        var (selected, diagnostics) = selector.Select(selection);
        command.Log.Diagnostics(diagnostics);
        return selected is null
            ? null
            :
            [
                .. target
                    .Project.Graph.Nodes.OfType<SourceNode>()
                    .Where(source => source.Freshness is not null && selected.Contains(source.UniqueId))
                    .OrderBy(source => source.UniqueId, StringComparer.Ordinal),
            ];
    }

    private static async Task<ImmutableArray<FreshnessResult>> MeasureAsync(
        OpenTarget target,
        List<SourceNode> sources,
        int? threads,
        TargetCommand command,
        CancellationToken cancellationToken
    )
    {
        if (sources.Count == 0)
        {
            command.Log.Progress("no selected source has a freshness to check");
        }

        var results = new ConcurrentDictionary<string, FreshnessResult>(StringComparer.Ordinal);
        var done = 0;
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads ?? target.Project.Target.Threads,
            CancellationToken = cancellationToken,
        };
        await Parallel
            .ForEachAsync(
                sources,
                options,
                async (source, cancellation) =>
                {
                    var result = await MeasureAsync(target, source, command, cancellation).ConfigureAwait(false);
                    results[source.UniqueId] = result;
                    command.Log.Progress(Line(result, Interlocked.Increment(ref done), sources.Count));
                }
            )
            .ConfigureAwait(false);
        var ordered = sources.Select(source => results[source.UniqueId]).ToImmutableArray();
        foreach (var (source, result) in sources.Zip(ordered))
        {
            if (Diagnose(source, result) is { } diagnostic)
            {
                command.Log.Diagnostic(diagnostic);
            }
        }

        return ordered;
    }

    private static async Task<FreshnessResult> MeasureAsync(
        OpenTarget target,
        SourceNode source,
        TargetCommand command,
        CancellationToken cancellationToken
    )
    {
        var connection = await target.Sessions.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var owned = connection.ConfigureAwait(false);
        var startedAt = TimeProvider.System.GetUtcNow();
        var watch = Stopwatch.StartNew();
        var limits = source.Freshness!;
        FreshnessMeasure? measured = null;
        string? error = null;
        try
        {
            var scope = command.Scope(connection, canWrite: false, cancellationToken);
            measured = new FreshnessProbe(target.Project, scope).Measure(source, cancellationToken);
        }
        catch (FreshnessException exception)
        {
            error = exception.Message;
        }

        return new FreshnessResult(
            source.UniqueId,
            $"{source.Table.SourceName}.{source.Name}",
            measured is null ? FreshnessStatus.RuntimeError : FreshnessLimits.Judge(limits, measured.Age),
            limits,
            measured,
            error,
            startedAt,
            watch.Elapsed
        );
    }

    private static Diagnostic? Diagnose(SourceNode source, FreshnessResult result) =>
        result.Status switch
        {
            FreshnessStatus.Error => JobDiagnostics.Stale(
                source.Span,
                result.Name,
                Age(result),
                FreshnessLimits.Text(result.Criteria.ErrorAfter)
            ),
            FreshnessStatus.Warn => JobDiagnostics.Aging(
                source.Span,
                result.Name,
                Age(result),
                FreshnessLimits.Text(result.Criteria.WarnAfter)
            ),
            FreshnessStatus.RuntimeError => JobDiagnostics.FreshnessUnknown(
                source.Span,
                result.Name,
                result.Error ?? string.Empty
            ),
            _ => null,
        };

    private static string? Age(FreshnessResult result) =>
        result.Measured is { IsEmpty: false } measured ? FreshnessLimits.Text(measured.Age) : null;

    private static string Line(FreshnessResult result, int position, int total)
    {
        var word = result.Status switch
        {
            FreshnessStatus.Pass => "PASS",
            FreshnessStatus.Warn => "WARN",
            _ => "ERROR",
        };
        var age = result.Measured is null ? "not measured" : Age(result) ?? "no rows";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{position}/{total} {word, -5} {result.Name, -48} {result.Duration.TotalSeconds, 7:0.00} s  {age}"
        );
    }
}
