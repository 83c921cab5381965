using System.Diagnostics;

namespace Analytics.EmbeddedPostgres.Clusters;

/// <summary>
/// An exclusive lock on a file that the operating system drops when its holder dies, so none is ever left behind.
/// </summary>
internal static class RootLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for the lock; dispose the stream to release it.</summary>
    /// <exception cref="EmbeddedPostgresException">Another process held it all the while.</exception>
    public static async Task<FileStream> AcquireAsync(
        string path,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (TryAcquire(path) is { } held)
                return held;
            if (waited.Elapsed > timeout)
                throw new EmbeddedPostgresException(
                    $"Another process has been starting or stopping the server of '{Path.GetDirectoryName(path)}' for {timeout.TotalSeconds:0} s."
                );
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>The lock when it is free, else null.</summary>
    /// <exception cref="EmbeddedPostgresException">The file may not be written.</exception>
    public static FileStream? TryAcquire(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
            when (exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new EmbeddedPostgresException($"'{path}' cannot be written: {cause.Message}", cause);
        }
    }
}
