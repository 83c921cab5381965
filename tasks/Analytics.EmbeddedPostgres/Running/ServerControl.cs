using System.Diagnostics;
using System.Globalization;
using Analytics.EmbeddedPostgres.Clusters;

namespace Analytics.EmbeddedPostgres.Running;

/// <summary>Starts and stops the server of a cluster through <c>pg_ctl</c>.</summary>
internal sealed class ServerControl(ServerAccount account, Cluster cluster)
{
    private const int Attempts = 5;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    /// <summary>Starts the server on its last port, or on another when that is taken, and waits until it accepts connections.</summary>
    /// <exception cref="EmbeddedPostgresException">It does not start; the message ends with the last lines of its log.</exception>
    public async Task<PostmasterFile> StartAsync(
        PostgresInstallation installation,
        EmbeddedServerOptions options,
        CancellationToken cancellationToken
    )
    {
        // Whatever is there belongs to no living server: the caller has looked.
        File.Delete(Path.Combine(cluster.DataDirectory, PostmasterFile.Name));
        var port = ServerSettings.LastPort(cluster.DataDirectory);
        for (var attempt = 1; ; attempt++)
        {
            port = FreePort.Choose(port);
            var settings = Path.Combine(cluster.DataDirectory, ServerSettings.FileName);
            await File.WriteAllTextAsync(settings, ServerSettings.Text(options.Purpose, port.Value), cancellationToken);
            if (File.Exists(cluster.LogFilePath))
                File.Move(cluster.LogFilePath, cluster.LogFilePath + ".1", overwrite: true);

            if (await LaunchAsync(installation, options.Timeout, cancellationToken) is { } running)
                return running;
            var log = LogTail();
            if (log.Contains("Address already in use", StringComparison.Ordinal) && attempt < Attempts)
                port = null;
            else if (log.Contains("pre-existing shared memory block", StringComparison.Ordinal) && attempt < Attempts)
                // The workers of a killed server are still on their way out.
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), cancellationToken);
            else
                throw new EmbeddedPostgresException(
                    $"PostgreSQL {installation.Version} did not start on '{cluster.DataDirectory}'. Its log ends:{Environment.NewLine}{log}"
                );
        }
    }

    /// <summary>
    /// Ends the living server of the cluster, if there is one: connections are closed, transactions rolled back. A server
    /// that does not obey in time is killed, which costs its next start a recovery and no committed data.
    /// </summary>
    public async Task StopAsync(
        PostgresInstallation? installation,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        if (Postmaster.Living(cluster.DataDirectory) is not { } running)
            return;
        if (ControlProgram(installation) is { } program)
        {
            string[] arguments = ["-D", Cluster.DataName, "-s", "-W", "-m", "fast", "stop"];
            await ServerProgram.RunAsync(
                account.StartInfo(program, arguments, cluster.Folder),
                null,
                cancellationToken
            );
            if (await EndsAsync(timeout, cancellationToken))
                return;
        }

        using var process = Process.GetProcessById(running.ProcessId);
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits until a server that is starting or recovering accepts connections; false when it ends instead, or takes too long.</summary>
    public async Task<PostmasterFile?> WaitUntilReadyAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < timeout && Postmaster.Living(cluster.DataDirectory) is { } running)
        {
            if (running.IsReady)
                return await ServerGreeting.AnswersAsync(running.Port, cancellationToken) ? running : null;
            await Task.Delay(Poll, cancellationToken);
        }

        return null;
    }

    private async Task<PostmasterFile?> LaunchAsync(
        PostgresInstallation installation,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        string[] arguments =
        [
            "-D",
            Cluster.DataName,
            "-l",
            Path.Combine(Cluster.DataName, Cluster.LogName),
            "-s",
            "-w",
            "-t",
            ((int)timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            "start",
        ];
        using var control = ServerProgram.Start(DetachedStart(installation.PgCtl, arguments));
        // pg_ctl looks every 100 ms. It serves to know at once that a start failed; that it succeeded is seen sooner here.
        while (true)
        {
            var ended = control.HasExited;
            if (PostmasterFile.Read(cluster.DataDirectory) is { IsReady: true } running)
                return running;
            if (ended)
                return null;
            await Task.Delay(Poll, cancellationToken);
        }
    }

    /// <summary>
    /// pg_ctl puts the server into a session of its own, with the log as its output. On Windows a child inherits every
    /// inheritable handle, and whoever reads our output would wait for the server to end: only the shell's way of
    /// starting passes none.
    /// </summary>
    private ProcessStartInfo DetachedStart(string program, string[] arguments)
    {
        if (!OperatingSystem.IsWindows())
            return account.StartInfo(program, arguments, cluster.Folder);
        return new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = cluster.Folder,
            UseShellExecute = true,
            WindowStyle = ProcessWindowStyle.Hidden,
        };
    }

    /// <summary>pg_ctl of the installation, or else of the programs that the running server was started from.</summary>
    private string? ControlProgram(PostgresInstallation? installation)
    {
        if (installation is not null)
            return installation.PgCtl;
        var path = Path.Combine(cluster.DataDirectory, "postmaster.opts");
        if (!File.Exists(path))
            return null;
        // The file holds the server's own path, then each argument in double quotes.
        var server = File.ReadAllText(path).Split(" \"", 2)[0];
        var name = OperatingSystem.IsWindows() ? "pg_ctl.exe" : "pg_ctl";
        var program = Path.Combine(Path.GetDirectoryName(server) ?? "", name);
        return File.Exists(program) ? program : null;
    }

    private async Task<bool> EndsAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (Postmaster.Living(cluster.DataDirectory) is not null)
        {
            if (waited.Elapsed > timeout)
                return false;
            await Task.Delay(Poll, cancellationToken);
        }

        return true;
    }

    private string LogTail()
    {
        const int Lines = 20;
        if (!File.Exists(cluster.LogFilePath))
            return "(no log was written)";
        // A server that is still there writes to it, which Windows must be told to allow.
        using var stream = new FileStream(
            cluster.LogFilePath,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        using var reader = new StreamReader(stream);
        return string.Join(Environment.NewLine, reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(Lines));
    }
}
