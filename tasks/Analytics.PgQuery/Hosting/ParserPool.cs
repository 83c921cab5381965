namespace Analytics.PgQuery.Hosting;

/// <summary>
/// The threads that parse: as many as there are processors, made when needed and ended when idle, so that a build server
/// that lives on does not keep their memory.
/// </summary>
internal sealed class ParserPool
{
    private readonly SemaphoreSlim places = new(Environment.ProcessorCount);
    private readonly Stack<ParserThread> idle = new();
    private readonly Lock gate = new();

    public static ParserPool Shared { get; } = new();

    /// <summary>How long a thread waits for work before it ends.</summary>
    public static TimeSpan IdleTime { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Runs a call on a free thread; waits for one when all are busy.</summary>
    /// <exception cref="ParserFailure">The call cannot be carried out.</exception>
    public T Run<T>(Func<ParserCalls, T> call)
    {
        if (ParserThread.Current is { } own)
        {
            return (T)own.Run(parser => call(parser))!;
        }

        places.Wait();
        var thread = Take();
        try
        {
            return (T)thread.Run(parser => call(parser))!;
        }
        finally
        {
            Return(thread);
        }
    }

    /// <summary>
    /// Runs a body for each number from zero below <paramref name="count"/> on as many threads as are free, at least one.
    /// A call of the parser within the body runs on the body's own thread: handing each call over to another thread costs
    /// more than the parsing of a model does.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="body">What to do; it may be called on several threads at once.</param>
    /// <param name="cancellationToken">Ends the work between two bodies.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void ForEach(int count, Action<int> body, CancellationToken cancellationToken)
    {
        var work = new ParserLoop(count, body, cancellationToken);
        if (ParserThread.Current is not null)
        {
            work.Run();
        }
        else
        {
            var threads = TakeFree(count);
            foreach (var thread in threads)
            {
                thread.Begin(work.Run);
            }

            foreach (var thread in threads)
            {
                thread.End();
                Return(thread);
            }
        }

        work.ThrowIfFailed();
    }

    /// <summary>Takes an idle thread out of the pool for good; false when it has been given work meanwhile.</summary>
    public bool TryRetire(ParserThread thread)
    {
        lock (gate)
        {
            if (!idle.Contains(thread))
            {
                return false;
            }

            var others = idle.Where(other => other != thread).Reverse().ToArray();
            idle.Clear();
            foreach (var other in others)
            {
                idle.Push(other);
            }

            return true;
        }
    }

    // Waits for the first only: two callers that each held some and waited for more would wait for ever.
    private List<ParserThread> TakeFree(int wanted)
    {
        var threads = new List<ParserThread>();
        for (var i = 0; i < wanted; i++)
        {
            if (i == 0)
            {
                places.Wait();
            }
            else if (!places.Wait(0))
            {
                break;
            }

            threads.Add(Take());
        }

        return threads;
    }

    private void Return(ParserThread thread)
    {
        lock (gate)
        {
            idle.Push(thread);
        }

        places.Release();
    }

    // For a caller that holds a place.
    private ParserThread Take()
    {
        lock (gate)
        {
            if (idle.TryPop(out var thread))
            {
                return thread;
            }
        }

        try
        {
            return new ParserThread(this);
        }
        catch
        {
            places.Release();
            throw;
        }
    }
}
