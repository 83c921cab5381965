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
        places.Wait();
        try
        {
            var thread = Take();
            try
            {
                return (T)thread.Run(parser => call(parser))!;
            }
            finally
            {
                lock (gate)
                {
                    idle.Push(thread);
                }
            }
        }
        finally
        {
            places.Release();
        }
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

    private ParserThread Take()
    {
        lock (gate)
        {
            if (idle.TryPop(out var thread))
            {
                return thread;
            }
        }

        return new ParserThread(this);
    }
}
