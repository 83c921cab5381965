using System.Runtime;

namespace Analytics.Tasks;

/// <summary>
/// A time without garbage collections. What a build allocates lives until its end: a collection in the middle finds nothing to
/// free, and has to look through all that MSBuild holds as well.
/// </summary>
internal sealed class CollectionPause : IDisposable
{
    // What a build allocates for a file, and more than enough; a project that needs more than the limit collects as usual.
    private const long BytesPerFile = 160_000;
    private const long MaxBytes = 240_000_000;

    // Below this a build is over before the runtime would collect.
    private const int FewFiles = 100;

    private readonly bool isOurs;

    private CollectionPause(bool isOurs) => this.isOurs = isOurs;

    /// <summary>Begins one, when it is worth it, the process has the memory for it and none is going on.</summary>
    /// <param name="files">How many files are compiled.</param>
    public static CollectionPause Begin(int files)
    {
        // To ask for a second one ends the first.
        if (files < FewFiles || GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            return new CollectionPause(false);
        }

        try
        {
            return new CollectionPause(
                GC.TryStartNoGCRegion(Math.Min(files * BytesPerFile, MaxBytes), disallowFullBlockingGC: true)
            );
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // Another task has begun one, or the heap of this process is smaller than that.
            return new CollectionPause(false);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            if (isOurs && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            {
                GC.EndNoGCRegion();
            }
        }
        catch (InvalidOperationException)
        {
            // More was allocated than was asked for: the runtime has ended it by itself.
        }
    }
}
