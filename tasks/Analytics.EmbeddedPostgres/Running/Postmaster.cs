using System.ComponentModel;
using System.Diagnostics;

namespace Analytics.EmbeddedPostgres.Running;

/// <summary>Tells whether the process that a <c>postmaster.pid</c> names is the server of that very data folder.</summary>
internal static class Postmaster
{
    /// <summary>The clock may be corrected between the two readings that are compared.</summary>
    private static readonly TimeSpan ClockDrift = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The entry of a server that lives; null when the file is absent or stale: left by a crash, its process number now
    /// another's, or copied along with the folder. A server that belongs to another folder must be neither used nor stopped.
    /// </summary>
    public static PostmasterFile? Living(string dataDirectory)
    {
        var entry = PostmasterFile.Read(dataDirectory);
        return entry is not null && Owns(entry, dataDirectory) ? entry : null;
    }

    private static bool Owns(PostmasterFile entry, string dataDirectory)
    {
        try
        {
            using var process = Process.GetProcessById(entry.ProcessId);
            if (process.HasExited || !process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase))
                return false;
            // A postmaster's working directory is its data folder, and Linux shows it.
            if (OperatingSystem.IsLinux())
                return IsSameDirectory(dataDirectory, $"/proc/{entry.ProcessId}/cwd");
            return (process.StartTime.ToUniversalTime() - entry.StartedAt.UtcDateTime).Duration() < ClockDrift
                && IsSameDirectory(dataDirectory, entry.DataDirectory);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // Not running, ended meanwhile, or another user's: not our server.
            return false;
        }
    }

    /// <summary>
    /// Whether two paths lead to one folder, through links, mounts or none: a file that is made in one shows in the other.
    /// </summary>
    private static bool IsSameDirectory(string directory, string other)
    {
        var name = $".same-{Guid.NewGuid():N}";
        var probe = Path.Combine(directory, name);
        try
        {
            File.WriteAllBytes(probe, []);
            return File.Exists(Path.Combine(other, name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            File.Delete(probe);
        }
    }
}
