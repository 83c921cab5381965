using System.Runtime.Versioning;

namespace Analytics.EmbeddedPostgres.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class ServerAccountTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Root_with_a_private_folder_gets_its_data_elsewhere_and_is_told()
    {
        SkipUnlessRoot();
        await using var root = new ServerRoot();
        var home = Path.Combine(root.Path, "home");
        Directory.CreateDirectory(home, OwnerOnly);
        var options = root.Options() with { RootDirectory = Path.Combine(home, "project", "obj") };

        var server = await root.StartAsync(options);
        Assert.StartsWith("/var/lib/analytics-sdk/", server.DataDirectory, StringComparison.Ordinal);
        Assert.StartsWith(home, server.PassFilePath, StringComparison.Ordinal);
        Assert.Contains(root.Log, line => line.Contains(server.DataDirectory, StringComparison.Ordinal));
        Assert.Equal("1", await ServerRoot.QueryAsync(server, "select 1"));
        Assert.False((await root.StartAsync(options)).WasStarted);
    }

    [Fact]
    public async Task Deleting_the_private_folder_deletes_the_data_that_lies_elsewhere_at_the_next_start()
    {
        SkipUnlessRoot();
        await using var root = new ServerRoot();
        var home = Path.Combine(root.Path, "home");
        Directory.CreateDirectory(home, OwnerOnly);
        var options = root.Options() with { RootDirectory = Path.Combine(home, "obj") };
        var before = await root.StartAsync(options);
        await ServerRoot.QueryAsync(before, "create table old as select 1");

        Directory.Delete(options.RootDirectory, recursive: true);
        var after = await root.StartAsync(options);
        Assert.Equal(before.DataDirectory, after.DataDirectory);
        Assert.Equal("", await ServerRoot.QueryAsync(after, "select to_regclass('old')::text"));
    }

    [Fact]
    public async Task The_server_leads_a_session_of_its_own_and_knows_nothing_of_our_environment()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        const string Secret = "ANALYTICS_TEST_SECRET";
        Environment.SetEnvironmentVariable(Secret, "hush");
        await using var root = new ServerRoot();
        var server = await root.StartAsync();
        var processId = ServerRoot.ProcessId(server);

        // Fields after the name, which is in parentheses: state, parent, group, session.
        var stat = await File.ReadAllTextAsync($"/proc/{processId}/stat", Cancellation);
        var ours = await File.ReadAllTextAsync("/proc/self/stat", Cancellation);
        Assert.NotEqual(Session(ours), Session(stat));
        var environment = await File.ReadAllTextAsync($"/proc/{processId}/environ", Cancellation);
        Assert.DoesNotContain(Secret, environment, StringComparison.Ordinal);

        static string Session(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3];
    }

    private static void SkipUnlessRoot() =>
        Assert.SkipUnless(!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess, "Only root needs it.");
}
