using System.Globalization;
using Analytics.Compiler.Loading.Profiles;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Analytics.Deployment.Applying.Connecting;

/// <summary>Opens connections, and tries again where the server may take the next one.</summary>
internal sealed class Reconnection
{
    // A server that reads its log again after a crash.
    private const int StartingSeconds = 60;

    private readonly ResiliencePipeline pipeline;

    /// <summary>
    /// As dbt does: <c>retries</c> more times, waiting 1, 4, 9 … seconds. A server that is starting says so, and is asked each second for a
    /// minute.
    /// </summary>
    /// <param name="target">The target, for its settings.</param>
    /// <param name="say">Hears why it takes longer.</param>
    public Reconnection(TargetProfile target, Action<string> say)
    {
        Retries = int.TryParse(
            target.Settings.GetValueOrDefault("retries"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 1;
        var builder = new ResiliencePipelineBuilder();
        builder.AddRetry(
            new RetryStrategyOptions
            {
                ShouldHandle = arguments =>
                    ValueTask.FromResult(Is(arguments.Outcome.Exception, TransientErrors.IsStarting)),
                MaxRetryAttempts = StartingSeconds,
                Delay = TimeSpan.FromSeconds(1),
                OnRetry = arguments => Tell(say, arguments),
            }
        );
        if (Retries > 0)
        {
            builder.AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = arguments =>
                        ValueTask.FromResult(
                            Is(arguments.Outcome.Exception, TransientErrors.IsTransient)
                                && !Is(arguments.Outcome.Exception, TransientErrors.IsStarting)
                        ),
                    MaxRetryAttempts = Retries,
                    DelayGenerator = static arguments =>
                        ValueTask.FromResult<TimeSpan?>(
                            TimeSpan.FromSeconds((arguments.AttemptNumber + 1) * (arguments.AttemptNumber + 1))
                        ),
                    OnRetry = arguments => Tell(say, arguments),
                }
            );
        }

        pipeline = builder.Build();
    }

    /// <summary>How often the profile wants something tried again: dbt's <c>retries</c>, 1 where it does not say.</summary>
    public int Retries { get; }

    /// <summary>Opens one.</summary>
    /// <exception cref="NpgsqlException">It was tried as often as it should be, or trying again is of no use.</exception>
    public async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource connections, CancellationToken cancellationToken) =>
        await pipeline
            .ExecuteAsync(
                static (source, cancellation) => source.OpenConnectionAsync(cancellation),
                connections,
                cancellationToken
            )
            .ConfigureAwait(false);

    private static bool Is(Exception? exception, Func<Exception, bool> what) =>
        exception is not null && what(exception);

    private static ValueTask Tell(Action<string> say, OnRetryArguments<object> retry)
    {
        say($"no connection yet: {ServerMessage.Of(retry.Outcome.Exception!)}; trying again");
        return default;
    }
}
