using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Analytics.EmbeddedPostgres.Tests;

public sealed class DurableServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_start_reuses_the_server_and_says_so()
    {
        await using var root = new ServerRoot();
        var first = await root.StartAsync();
        var second = await root.StartAsync();
        Assert.True(first.WasStarted);
        Assert.False(second.WasStarted);
        Assert.Equal(first.Port, second.Port);
        Assert.Equal("dbt", await ServerRoot.QueryAsync(second, "select current_user"));
    }

    [Fact]
    public async Task Starts_at_once_give_one_server()
    {
        await using var root = new ServerRoot();
        var servers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => root.StartAsync())));
        Assert.Single(servers, server => server.WasStarted);
        Assert.Single(servers.Select(server => server.Port).Distinct());
    }

    [Fact]
    public async Task Data_survives_a_killed_server_on_the_same_port()
    {
        await using var root = new ServerRoot();
        var before = await root.StartAsync();
        await ServerRoot.QueryAsync(before, "create table kept as select 42 as answer");
        using (var postmaster = Process.GetProcessById(ServerRoot.ProcessId(before)))
            postmaster.Kill();

        var after = await root.StartAsync();
        Assert.True(after.WasStarted);
        Assert.Equal(before.Port, after.Port);
        Assert.Equal("42", await ServerRoot.QueryAsync(after, "select answer from kept"));
        Assert.Equal("on", await ServerRoot.QueryAsync(after, "show fsync"));
    }

    [Fact]
    public async Task The_program_that_started_it_ends_output_and_all_and_the_server_lives_on()
    {
        await using var root = new ServerRoot();
        await using var skipsWithoutPostgres = new ServerRoot();
        await skipsWithoutPostgres.StartAsync(skipsWithoutPostgres.Options(ServerPurpose.Throwaway));

        // Reading the output to its end would wait for the server, had that inherited the pipe.
        var (started, _) = await StartingProgram.RunAsync(root.Path, ServerPurpose.Durable, killed: false);
        var server = await root.StartAsync();
        Assert.False(server.WasStarted);
        Assert.Equal(started.Port, server.Port);
    }

    [Fact]
    public async Task A_stopped_server_is_not_found_and_starts_again()
    {
        await using var root = new ServerRoot();
        var server = await root.StartAsync();
        Assert.NotNull(await EmbeddedServer.FindRunningAsync(root.Options(), Cancellation));
        await server.StopAsync(Cancellation);
        Assert.Null(await EmbeddedServer.FindRunningAsync(root.Options(), Cancellation));
        Assert.True((await root.StartAsync()).WasStarted);
    }

    [Fact]
    public async Task When_another_program_took_the_port_the_server_moves_to_another()
    {
        await using var root = new ServerRoot();
        var before = await root.StartAsync();
        await before.StopAsync(Cancellation);
        using var other = new TcpListener(IPAddress.Loopback, before.Port);
        other.Start();
        var after = await root.StartAsync();
        Assert.NotEqual(before.Port, after.Port);
        Assert.Equal("1", await ServerRoot.QueryAsync(after, "select 1"));
    }

    [Fact]
    public async Task A_start_that_was_killed_half_way_does_not_hinder_the_next()
    {
        await using var root = new ServerRoot();
        Directory.CreateDirectory(Path.Combine(root.Path, "data.new", "base"));
        await File.WriteAllTextAsync(Path.Combine(root.Path, "data.new", "PG_VERSION"), "15", Cancellation);
        Assert.True((await root.StartAsync()).WasStarted);
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_an_error_that_names_both()
    {
        await using var root = new ServerRoot();
        var server = await root.StartAsync();
        await server.StopAsync(Cancellation);
        await File.WriteAllTextAsync(Path.Combine(server.DataDirectory, "PG_VERSION"), "9\n", Cancellation);

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(() =>
            EmbeddedServer.StartAsync(root.Options(), Cancellation)
        );
        Assert.Contains("was made by PostgreSQL 9", error.Message, StringComparison.Ordinal);
        Assert.Contains($"PostgreSQL {server.MajorVersion}.", error.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(server.DataDirectory));
    }

    [Fact]
    public async Task A_server_that_does_not_start_is_quoted()
    {
        await using var root = new ServerRoot();
        var server = await root.StartAsync();
        await server.StopAsync(Cancellation);
        var settings = Path.Combine(server.DataDirectory, "postgresql.conf");
        var good = await File.ReadAllTextAsync(settings, Cancellation);
        await File.WriteAllTextAsync(settings, good + "\nno_such_setting = on\n", Cancellation);

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(() =>
            EmbeddedServer.StartAsync(root.Options(), Cancellation)
        );
        Assert.Contains("no_such_setting", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_passwords_are_an_error_and_no_loss_of_data()
    {
        await using var root = new ServerRoot();
        var server = await root.StartAsync();
        await server.StopAsync(Cancellation);
        Assert.SkipWhen(
            !server.DataDirectory.StartsWith(root.Path, StringComparison.Ordinal),
            "The data lies elsewhere."
        );
        File.Delete(server.PassFilePath);

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(() =>
            EmbeddedServer.StartAsync(root.Options(), Cancellation)
        );
        Assert.Contains(server.PassFilePath, error.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(server.DataDirectory));
    }

    [Fact]
    public async Task A_copied_folder_gets_a_server_of_its_own_and_the_original_keeps_running()
    {
        await using var root = new ServerRoot();
        await using var copied = new ServerRoot();
        var original = await root.StartAsync();
        // As a project folder is copied while its server runs; postmaster.pid comes along. The cluster itself is made anew,
        // because files of a running server are no backup.
        var other = await copied.StartAsync();
        await other.StopAsync(Cancellation);
        const string PidFile = "postmaster.pid";
        File.Copy(Path.Combine(original.DataDirectory, PidFile), Path.Combine(other.DataDirectory, PidFile));

        Assert.Null(await EmbeddedServer.FindRunningAsync(copied.Options(), Cancellation));
        var restarted = await copied.StartAsync();
        Assert.True(restarted.WasStarted);
        Assert.NotEqual(original.Port, restarted.Port);
        Assert.False((await root.StartAsync()).WasStarted);
    }

    [Fact]
    public async Task A_silent_server_is_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Needs SIGSTOP.");
        await using var root = new ServerRoot();
        var before = await root.StartAsync();
        var processId = ServerRoot.ProcessId(before);
        using (var pause = Process.Start("/bin/kill", ["-STOP", $"{processId}"]))
            await pause.WaitForExitAsync(Cancellation);
        var after = await root.StartAsync(root.Options() with { Timeout = TimeSpan.FromSeconds(5) });
        Assert.True(after.WasStarted);
        Assert.NotEqual(processId, ServerRoot.ProcessId(after));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_a_clear_error()
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"file-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(file, "", Cancellation);
        var options = new EmbeddedServerOptions { RootDirectory = Path.Combine(file, "postgres") };
        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(() =>
            EmbeddedServer.StartAsync(options, Cancellation)
        );
        File.Delete(file);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dbt'; drop role postgres")]
    [InlineData("Dbt")]
    [InlineData("")]
    public async Task A_name_that_would_need_quotes_is_refused(string name)
    {
        await using var root = new ServerRoot();
        await Assert.ThrowsAsync<ArgumentException>(() =>
            EmbeddedServer.StartAsync(root.Options() with { Owner = name }, Cancellation)
        );
    }
}
