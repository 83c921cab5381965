using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Analytics.EmbeddedPostgres.Tests;

/// <summary>
/// Another process that starts a server: this very program, asked to run <see cref="Starts_the_server_that_the_environment_names"/> alone.
/// </summary>
public sealed class StartingProgram
{
    private const string RootVariable = "ANALYTICS_TEST_SERVER_ROOT";
    private const string PurposeVariable = "ANALYTICS_TEST_SERVER_PURPOSE";
    private const string KillVariable = "ANALYTICS_TEST_SERVER_KILL";
    private const string Started = "server-started";

    public sealed record Server(int Port, string DataDirectory);

    [Fact(Explicit = true)]
    public async Task Starts_the_server_that_the_environment_names()
    {
        var root = Environment.GetEnvironmentVariable(RootVariable);
        Assert.SkipWhen(root is null, "For other tests, which run it in a process of its own.");
        var options = new EmbeddedServerOptions
        {
            RootDirectory = root,
            Purpose = Enum.Parse<ServerPurpose>(Environment.GetEnvironmentVariable(PurposeVariable)!),
            Locator = ServerRoot.Locator,
        };
        var server = await EmbeddedServer.StartAsync(options, TestContext.Current.CancellationToken);
        var line = string.Create(CultureInfo.InvariantCulture, $"{server.Port}\n{server.DataDirectory}\n");
        await File.WriteAllTextAsync(Path.Combine(root, Started), line, TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable(KillVariable) is not null)
            Process.GetCurrentProcess().Kill();
    }

    /// <summary>Runs the other process with its output redirected, as an IDE runs a build, and reads that to its end.</summary>
    internal static async Task<(Server Server, string Output)> RunAsync(string root, ServerPurpose purpose, bool killed)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            ["-explicit", "only", "-method", $"*.{nameof(Starts_the_server_that_the_environment_names)}"]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Insert(0, typeof(StartingProgram).Assembly.Location);
        start.Environment[RootVariable] = root;
        start.Environment[PurposeVariable] = purpose.ToString();
        if (killed)
            start.Environment[KillVariable] = "1";
        using var process = Process.Start(start)!;
        var cancellationToken = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var text = await output + await errors;
        await process.WaitForExitAsync(cancellationToken);
        var report = Path.Combine(root, Started);
        Assert.True(File.Exists(report), text);
        var lines = await File.ReadAllLinesAsync(report, cancellationToken);
        return (new Server(int.Parse(lines[0], CultureInfo.InvariantCulture), lines[1]), text);
    }

    internal static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
