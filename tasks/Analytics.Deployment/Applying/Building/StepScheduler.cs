using System.Collections.Immutable;
using Analytics.Deployment.Planning;

namespace Analytics.Deployment.Applying.Building;

/// <summary>
/// Hands out steps to workers: one that waits for nothing any more, of these the one with the longest chain behind it, of these the
/// first of the plan.
/// </summary>
internal sealed class StepScheduler : IDisposable
{
    private readonly ImmutableArray<PlannedStep> steps;
    private readonly List<int>[] readers;
    private readonly int[] waiting;
    private readonly bool[] settled;
    private readonly bool[] started;
    private readonly PriorityQueue<int, (int Chain, int Index)> ready = new();
    private readonly SemaphoreSlim available = new(0);
    private readonly Lock gate = new();
    private int open;
    private bool over;

    public StepScheduler(ImmutableArray<PlannedStep> steps)
    {
        this.steps = steps;
        readers = [.. steps.Select(_ => new List<int>())];
        waiting = [.. steps.Select(step => step.After.Length)];
        settled = new bool[steps.Length];
        started = new bool[steps.Length];
        open = steps.Length;
        for (var i = 0; i < steps.Length; i++)
        {
            foreach (var before in steps[i].After)
            {
                readers[before].Add(i);
            }

            if (waiting[i] == 0)
            {
                Ready(i);
            }
        }

        if (open == 0)
        {
            End();
        }
    }

    /// <summary>The next step's index, as soon as there is one, and those of others that go with it.</summary>
    /// <param name="company">Which steps that could start now are to be taken at the same time as one; null for none.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The step, then the others in the order of the plan; default when there will be no more steps.</returns>
    public async Task<ImmutableArray<int>> NextAsync(
        Func<int, Func<int, bool>?> company,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            await available.WaitAsync(cancellationToken).ConfigureAwait(false);
            lock (gate)
            {
                if (ready.TryDequeue(out var index, out _))
                {
                    started[index] = true;
                    return company(index) is { } wanted ? [index, .. Take(wanted)] : [index];
                }

                // What this worker was woken for, another took with a step of its own; unless it is over, which all must hear.
                if (over)
                {
                    available.Release();
                    return default;
                }
            }
        }
    }

    /// <summary>Gives back a step that was taken and not done.</summary>
    /// <param name="index">The step.</param>
    /// <returns>Whether it will run: not when all was stopped meanwhile.</returns>
    public bool GiveBack(int index)
    {
        lock (gate)
        {
            if (over)
            {
                return false;
            }

            started[index] = false;
            Ready(index);
            return true;
        }
    }

    /// <summary>Says that a step is done.</summary>
    /// <param name="index">The step.</param>
    /// <param name="red">Whether what waits for it, and what waits for that, must not run.</param>
    /// <returns>The steps that will never run because of it, in the order of the plan.</returns>
    public ImmutableArray<int> Finish(int index, bool red)
    {
        lock (gate)
        {
            settled[index] = true;
            open--;
            var skipped = new SortedSet<int>();
            if (red)
            {
                Skip(index, skipped);
            }
            else
            {
                foreach (var reader in readers[index])
                {
                    if (--waiting[reader] == 0 && !settled[reader])
                    {
                        Ready(reader);
                    }
                }
            }

            if (open == 0)
            {
                End();
            }

            return [.. skipped];
        }
    }

    /// <summary>Says that no further step shall run.</summary>
    /// <returns>The steps that had not begun, in the order of the plan; those that have are still to be finished.</returns>
    public ImmutableArray<int> Stop()
    {
        lock (gate)
        {
            ready.Clear();
            var skipped = Enumerable.Range(0, settled.Length).Where(i => !settled[i] && !started[i]).ToImmutableArray();
            foreach (var index in skipped)
            {
                settled[index] = true;
            }

            open -= skipped.Length;
            End();
            return skipped;
        }
    }

    public void Dispose() => available.Dispose();

    private ImmutableArray<int> Take(Func<int, bool> wanted)
    {
        ImmutableArray<int> taken = [.. ready.UnorderedItems.Select(item => item.Element).Where(wanted).Order()];
        foreach (var index in taken)
        {
            started[index] = true;
            ready.Remove(index, out _, out _);
        }

        return taken;
    }

    private void Skip(int from, SortedSet<int> skipped)
    {
        var next = new Stack<int>(readers[from]);
        while (next.TryPop(out var index))
        {
            if (settled[index])
            {
                continue;
            }

            settled[index] = true;
            open--;
            skipped.Add(index);
            foreach (var reader in readers[index])
            {
                next.Push(reader);
            }
        }
    }

    private void Ready(int index)
    {
        ready.Enqueue(index, (-steps[index].Chain, index));
        available.Release();
    }

    private void End()
    {
        if (!over)
        {
            over = true;
            available.Release();
        }
    }
}
