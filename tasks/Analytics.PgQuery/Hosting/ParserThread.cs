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

    [ThreadStatic]
    private static ParserThread? current;

    private readonly ParserPool pool;
    private readonly SemaphoreSlim start = new(0);
    private readonly SemaphoreSlim finished = new(0);
    private ParserCalls? parser;
    private Action? work;
    private object? result;
    private Exception? exception;

    public ParserThread(ParserPool pool)
    {
        this.pool = pool;
        var thread = new Thread(Loop, StackSize) { IsBackground = true, Name = "PostgreSQL parser" };
        thread.Start();
    }

    /// <summary>The parser's thread that the caller runs on, or null when it is another thread.</summary>
    public static ParserThread? Current => current;

    /// <summary>Runs a call on this thread and waits for it. One caller at a time.</summary>
    /// <exception cref="ParserFailure">The call cannot be carried out, whatever the resources.</exception>
    public object? Run(Func<ParserCalls, object?> call)
    {
        if (current == this)
        {
            Execute(call);
        }
        else
        {
            Begin(() => Execute(call));
            End();
        }

        return exception is null ? result : throw new ParserFailure(ReasonOf(exception), exception);
    }

    /// <summary>Begins an action on this thread, which must be idle. The action must not throw.</summary>
    public void Begin(Action action)
    {
        work = action;
        start.Release();
    }

    /// <summary>Waits for the action that was begun.</summary>
    public void End() => finished.Wait();

    private void Loop()
    {
        current = this;
        while (start.Wait(ParserPool.IdleTime) || !pool.TryRetire(this))
        {
            if (work is { } action)
            {
                action();
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
