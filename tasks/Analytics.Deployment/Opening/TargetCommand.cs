using Analytics.Compiler;
using Analytics.Compiler.Rendering;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Reporting;
using Npgsql;

namespace Analytics.Deployment.Opening;

/// <summary>
/// Runs one of the commands beside the publish over an open target. Nothing is thrown for what goes wrong: it becomes a diagnostic.
/// </summary>
/// <param name="request">Which artifact, and which target.</param>
/// <param name="observer">Hears of everything as it happens.</param>
/// <param name="which">What <c>flags.WHICH</c> says.</param>
internal sealed class TargetCommand(TargetRequest request, IPublishObserver observer, string which)
{
    /// <summary>Who is told.</summary>
    public PublishLog Log { get; } = new(observer);

    /// <summary>This run.</summary>
    public Invocation Invocation { get; } = new(Guid.NewGuid(), TimeProvider.System.GetUtcNow());

    /// <summary>What <c>flags.FULL_REFRESH</c> says.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>Opens the target and does the work.</summary>
    /// <param name="work">What to do with the target.</param>
    /// <param name="action">What it is called when it fails by a bug, for example <c>Measuring</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether it was done and nothing was wrong.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<bool> RunAsync(Func<OpenTarget, Task> work, string action, CancellationToken cancellationToken)
    {
        var opener = new TargetOpener(request, Log) { HasJustBuilt = true };
        try
        {
            var opened = await opener
                .OpenAsync(
                    (target, vars) =>
                        new CompileOptions(
                            target,
                            vars,
                            request.Environment,
                            FullRefresh,
                            which,
                            Invocation.Id,
                            Invocation.StartedAt
                        ),
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (opened is null)
            {
                return false;
            }

            await using (opened.ConfigureAwait(false))
            {
                await work(opened).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested)
        {
            // Whatever a cancelled driver throws, this is what happened.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (Exception exception)
        {
            Log.Diagnostic(opener.Explain(exception, action));
        }

        return !Log.HasErrors;
    }

    /// <summary>What a template sees that runs on live relations.</summary>
    /// <param name="connection">Who answers.</param>
    /// <param name="canWrite">Whether it may change the database.</param>
    /// <param name="cancellationToken">Cancels its queries.</param>
    public RenderScope Scope(NpgsqlConnection connection, bool canWrite, CancellationToken cancellationToken) =>
        new(
            FinalRelations.Instance,
            IsIncremental: false,
            FullRefresh,
            new PostgresWarehouse(connection, canWrite, cancellationToken),
            Execute: true
        )
        {
            Say = Log.Progress,
        };
}
