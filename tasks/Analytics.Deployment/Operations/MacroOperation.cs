using System.Collections.Immutable;
using System.Diagnostics;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Rendering;
using Analytics.Deployment.Opening;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Operations;

/// <summary>
/// Runs a macro for what it does: <c>dbt run-operation</c>. Each statement of it commits by itself, as with dbt on PostgreSQL, unless it
/// begins a transaction; one that is open at the end is rolled back.
/// </summary>
public static class MacroOperation
{
    /// <summary>Runs a macro and writes <c>run_results.json</c>.</summary>
    /// <param name="request">Which macro, and where.</param>
    /// <param name="observer">Hears what the macro says with <c>print</c> and <c>log(…, info=true)</c>, and errors.</param>
    /// <param name="cancellationToken">Stops it; a running statement is cancelled.</param>
    /// <returns>Whether it came to its end.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The report cannot be written.</exception>
    public static async Task<bool> RunAsync(
        OperationRequest request,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var command = new TargetCommand(request, observer, "run-operation");
        if (VarsReader.Read("Args", request.Arguments, out var problem) is not { } arguments)
        {
            command.Log.Diagnostic(
                JobDiagnostics.MacroArguments(
                    null,
                    request.Macro,
                    $"the property Args must be a YAML mapping such as '{{name: value}}': {problem}"
                )
            );
            return false;
        }

        var startedAt = TimeProvider.System.GetUtcNow();
        var watch = Stopwatch.StartNew();
        MacroResult? result = null;
        var target = string.Empty;
        var succeeded = await command
            .RunAsync(
                open =>
                {
                    target = open.Project.Target.Name;
                    var scope = command.Scope(open.Connection, canWrite: true, cancellationToken);
                    watch.Restart();
                    startedAt = TimeProvider.System.GetUtcNow();
                    result = open.Project.Renderer.RunMacro(request.Macro, arguments, scope, cancellationToken);
                    command.Log.Diagnostics(result.Diagnostics);
                    return Task.CompletedTask;
                },
                "Running a macro",
                cancellationToken
            )
            .ConfigureAwait(false);
        if (result?.UniqueId is { } uniqueId)
        {
            var error = result.Diagnostics.FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error);
            Write(request, command.Invocation, target, Result(request, uniqueId, error, startedAt, watch.Elapsed));
        }

        return succeeded;
    }

    private static NodeResult Result(
        OperationRequest request,
        string uniqueId,
        Diagnostic? error,
        DateTimeOffset startedAt,
        TimeSpan elapsed
    ) =>
        new(
            uniqueId,
            "operation",
            request.Macro,
            error is null ? NodeStatus.Success : NodeStatus.Error,
            elapsed,
            error?.Message ?? string.Empty,
            null,
            error is null ? 0 : 1,
            null,
            null,
            startedAt,
            1,
            1,
            1
        );

    private static void Write(OperationRequest request, Invocation invocation, string target, NodeResult result)
    {
        var run = new RunDescription(
            invocation.Id,
            invocation.StartedAt,
            TimeProvider.System.GetUtcNow(),
            target,
            string.Empty,
            string.Empty,
            false
        )
        {
            Which = "run-operation",
            Command = "dotnet build -t:RunOperation",
        };
        Directory.CreateDirectory(request.ReportDirectory);
        File.WriteAllBytes(
            Path.Combine(request.ReportDirectory, "run_results.json"),
            RunResultsWriter.Write(ImmutableArray.Create(result), run)
        );
    }
}
