using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Analytics.EmbeddedPostgres.Tests;

/// <summary>
/// Servers from the NuGet package of this machine, when <c>dotnet pack packages/Analytics.Postgres -o artifacts/feed</c> made one.
/// </summary>
public sealed class PostgresPackageTests : IDisposable
{
    private const int Major = 18;

    /// <summary>Unlike a root folder it must be tame: PostgreSQL's programs call each other through a shell.</summary>
    private readonly string home = Path.Combine(AppContext.BaseDirectory, "servers", $"home-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(home))
            Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task A_server_runs_from_a_package_that_NuGet_extracted_for_one_user()
    {
        await using var root = new ServerRoot();
        var package = Extract();
        var server = await root.StartAsync(root.Options() with { Locator = From(package) });
        Assert.Equal(Major, server.MajorVersion);
        Assert.StartsWith("18.", await ServerRoot.QueryAsync(server, "show server_version"), StringComparison.Ordinal);
        Assert.False((await root.StartAsync(root.Options() with { Locator = From(package) })).WasStarted);
    }

    [Fact]
    public async Task The_libraries_of_the_extensions_are_in_the_package()
    {
        await using var root = new ServerRoot();
        var package = Extract();
        var options = root.Options(ServerPurpose.Throwaway) with { Locator = From(package) };
        var server = await root.StartAsync(options);
        foreach (var extension in new[] { "pgcrypto", "pg_trgm", "postgres_fdw", "file_fdw", "unaccent" })
            await ServerRoot.QueryAsync(server, $"create extension {extension}", server.SuperUser);
        const string Sql =
            "select encode(digest('a', 'sha256'), 'hex') || ' ' || similarity('taxi', 'taxis') || ' ' || ('b' < 'ä' collate \"und-x-icu\")";
        Assert.Equal(
            "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb 0.5714286 false",
            await ServerRoot.QueryAsync(server, Sql)
        );
        Assert.Equal("1", await ServerRoot.QueryAsync(server, "select xpath_exists('/a', '<a/>')::integer"));
    }

    /// <summary>The major version keeps an older installed PostgreSQL from being found first.</summary>
    private static PostgresLocatorOptions From(string package) => new() { PackageDirectory = package, Major = Major };

    /// <summary>As NuGet does: every file with mode 0744, in a folder that only its user can enter.</summary>
    private string Extract()
    {
        var system =
            OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : "linux";
        var rid = system + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");
        var feed = new DirectoryInfo(AppContext.BaseDirectory);
        while (feed is not null && feed.Name != "artifacts")
            feed = feed.Parent;
        var package = feed
            ?.EnumerateFiles(Path.Combine("feed", $"Analytics.Postgres.{rid}.*.nupkg"))
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .FirstOrDefault();
        Assert.SkipWhen(package is null, $"artifacts/feed has no Analytics.Postgres.{rid}.");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(home);
        else
            Directory.CreateDirectory(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var folder = Path.Combine(home, "package");
        ZipFile.ExtractToDirectory(package.FullName, folder);
        if (!OperatingSystem.IsWindows())
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                File.SetUnixFileMode(
                    file,
                    UnixFileMode.UserRead
                        | UnixFileMode.UserWrite
                        | UnixFileMode.UserExecute
                        | UnixFileMode.GroupRead
                        | UnixFileMode.OtherRead
                );
        return folder;
    }
}
