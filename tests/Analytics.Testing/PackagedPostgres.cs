using System.Runtime.InteropServices;

namespace Analytics.Testing;

/// <summary>
/// The server that this repository packs for its sample where no PostgreSQL is installed: a restore of the solution has
/// unpacked it into NuGet's folder, so a bare machine can run the tests too.
/// </summary>
public static class PackagedPostgres
{
    /// <summary>The unpacked package, or null when it was not needed.</summary>
    /// <param name="artifacts">The repository's folder of build output.</param>
    public static string? Find(string artifacts)
    {
        var package = $"analytics.postgres.{System()}-{Architecture()}";
        string?[] folders = [Environment.GetEnvironmentVariable("NUGET_PACKAGES"), Path.Combine(artifacts, "packages")];
        return folders
            .Where(folder => !string.IsNullOrEmpty(folder))
            .Select(folder => Path.Combine(folder!, package))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetDirectories(folder).OrderDescending(StringComparer.Ordinal))
            .FirstOrDefault();
    }

    /// <summary>
    /// The repository's build output, which holds <c>artifacts/bin/(project)/(configuration)</c>: one folder for all test
    /// projects, so that they share the template cluster.
    /// </summary>
    public static string Artifacts()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && directory.Name != "artifacts")
            directory = directory.Parent;
        return directory?.FullName ?? AppContext.BaseDirectory;
    }

    private static string System() =>
        OperatingSystem.IsWindows() ? "win"
        : OperatingSystem.IsMacOS() ? "osx"
        : "linux";

    private static string Architecture() =>
        RuntimeInformation.OSArchitecture == global::System.Runtime.InteropServices.Architecture.Arm64
            ? "arm64"
            : "x64";
}
