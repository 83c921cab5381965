using System.Security.Cryptography;
using System.Text;
using Analytics.EmbeddedPostgres.Clusters;

namespace Analytics.EmbeddedPostgres.Locating;

/// <summary>
/// A copy of the programs for an account that cannot run the original: NuGet extracts for one user only (mode 0744), often
/// below a private home.
/// </summary>
internal static class InstallationCopy
{
    private const UnixFileMode Everyone =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    /// <summary>
    /// The installation itself when the server's account can run it, else a copy. There is one copy for all that are alike: as
    /// root among the stand-ins, otherwise in the place's folder.
    /// </summary>
    public static async Task<PostgresInstallation> ForAsync(
        PostgresInstallation installation,
        ClusterPlace place,
        CancellationToken cancellationToken
    )
    {
        if (await place.Account.CanExecuteAsync(installation.Postgres, cancellationToken))
            return installation;
        var bin = Path.TrimEndingDirectorySeparator(installation.BinDirectory);
        var prefix = Path.GetDirectoryName(bin)!;
        var name = $"postgresql-{installation.Version}-{Fingerprint(prefix)}";
        var copy = Path.Combine(place.SharedDirectory, name);
        if (!Directory.Exists(copy))
        {
            // Complete or absent: a copy under another name is moved to the final one.
            var unfinished = $"{copy}.{Guid.NewGuid():N}";
            Copy(prefix, unfinished, cancellationToken);
            try
            {
                Directory.Move(unfinished, copy);
            }
            catch (IOException) when (Directory.Exists(copy))
            {
                // Another process was quicker; its copy is the same.
                Directory.Delete(unfinished, recursive: true);
            }
        }

        return installation with
        {
            BinDirectory = Path.Combine(copy, Path.GetFileName(bin)),
        };
    }

    /// <summary>By names and lengths, which differ between any two builds of PostgreSQL.</summary>
    private static string Fingerprint(string directory)
    {
        var files = new DirectoryInfo(directory)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => $"{Path.GetRelativePath(directory, file.FullName)} {file.Length}")
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files))))[..12];
    }

    private static void Copy(string from, string to, CancellationToken cancellationToken)
    {
        var folders = new Queue<(string From, string To)>([(from, to)]);
        while (folders.TryDequeue(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Directory.CreateDirectory(folder.To);
            SetMode(folder.To);
            foreach (var entry in new DirectoryInfo(folder.From).EnumerateFileSystemInfos())
            {
                var target = Path.Combine(folder.To, entry.Name);
                if (entry is FileInfo file)
                {
                    file.CopyTo(target);
                    SetMode(target);
                }
                else
                {
                    folders.Enqueue((entry.FullName, target));
                }
            }
        }
    }

    private static void SetMode(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Everyone);
    }
}
