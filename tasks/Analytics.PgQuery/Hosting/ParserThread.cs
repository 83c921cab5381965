using System.Runtime.CompilerServices;

namespace Analytics.PgQuery.Hosting;

/// <summary>
/// A thread with a stack of its own size and an instance of the parser. PostgreSQL's parser and the writing of its tree
/// recurse as deep as the SQL is nested, and the threads of a build have stacks of every size.
/// </summary>
internal sealed class ParserThread
{
    private const int StackSize = 256 * 1024 * 1024;

    // What the largest function, the host's methods and the unwinding of an exception need on top of the limit.
    private const int StackReserve = 1024 * 1024;

    // 34.5 MiB of it are the parser's C stack and data; what is left is enough for megabytes of SQL.
    private const int UsualPages = 96 * 16;
    private const int LargePages = 1024 * 16;

    private readonly ParserPool pool;
    private readonly SemaphoreSlim start = new(0);
    private readonly SemaphoreSlim finished = new(0);
    private ParserCalls? parser;
    private Func<ParserCalls, object?>? work;
    private object? result;
    private Exception? exception;

    public ParserThread(ParserPool pool)
    {
        this.pool = pool;
        var thread = new Thread(Loop, StackSize) { IsBackground = true, Name = "PostgreSQL parser" };
        thread.Start();
    }

    /// <summary>Runs a call on this thread and waits for it. One caller at a time.</summary>
    /// <exception cref="ParserFailure">The call cannot be carried out, whatever the resources.</exception>
    public object? Run(Func<ParserCalls, object?> call)
    {
        work = call;
        start.Release();
        finished.Wait();
        return exception is null ? result : throw new ParserFailure(ReasonOf(exception), exception);
    }

    private void Loop()
    {
        while (start.Wait(ParserPool.IdleTime) || !pool.TryRetire(this))
        {
            if (work is { } call)
            {
                Execute(call);
                work = null;
                finished.Release();
            }
        }

        Discard();
        start.Dispose();
        finished.Dispose();
    }

    // Nothing may leave the thread as an exception: that would end the process.
    private void Execute(Func<ParserCalls, object?> call)
    {
        result = exception = null;
        try
        {
            result = Attempt(call, UsualPages);
        }
        catch (ParserFailure failure) when (failure.Reason == ParserFailureReason.Memory)
        {
            ExecuteLarge(call);
        }
        catch (Exception any)
        {
            exception = any;
            Discard();
        }
    }

    private void ExecuteLarge(Func<ParserCalls, object?> call)
    {
        Discard();
        try
        {
            result = Attempt(call, LargePages);
        }
        catch (Exception any)
        {
            exception = any;
        }

        Discard();
    }

    private object? Attempt(Func<ParserCalls, object?> call, int pages)
    {
        parser ??= new ParserCalls(new ParserInstance(pages));
        parser.Instance.StackLimit = StackAddress() - StackSize + StackReserve;
        return call(parser);
    }

    private void Discard()
    {
        parser?.Dispose();
        parser = null;
    }

    private static ParserFailureReason ReasonOf(Exception exception) =>
        exception switch
        {
            ParserFailure failure => failure.Reason,
            OutOfMemoryException => ParserFailureReason.Memory,
            _ => ParserFailureReason.Stopped,
        };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe nuint StackAddress()
    {
        var marker = 0;
        return (nuint)(&marker);
    }
}
