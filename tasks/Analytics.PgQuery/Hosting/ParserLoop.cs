using System.Runtime.ExceptionServices;

namespace Analytics.PgQuery.Hosting;

/// <summary>A loop that several threads share: each takes the next number until none is left or a body has thrown.</summary>
internal sealed class ParserLoop(int count, Action<int> body, CancellationToken cancellationToken)
{
    private int last = -1;
    private volatile ExceptionDispatchInfo? failure;

    /// <summary>Takes numbers until there are no more. Never throws: nothing may leave a thread of the parser.</summary>
    public void Run()
    {
        try
        {
            while (failure is null && Interlocked.Increment(ref last) is var index && index < count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                body(index);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    /// <summary>Throws what the first body that failed has thrown.</summary>
    public void ThrowIfFailed() => failure?.Throw();
}
