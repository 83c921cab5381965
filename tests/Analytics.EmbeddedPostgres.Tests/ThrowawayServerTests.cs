namespace Analytics.EmbeddedPostgres.Tests;

public sealed class ThrowawayServerTests
{
    [Fact]
    public async Task Every_start_gives_a_new_server_and_dispose_deletes_it()
    {
        await using var root = new ServerRoot();
        var options = root.Options(ServerPurpose.Throwaway);
        var first = await root.StartAsync(options);
        var second = await root.StartAsync(options);
        Assert.NotEqual(first.Port, second.Port);
        await ServerRoot.QueryAsync(first, "create table here as select 1");
        Assert.Equal("", await ServerRoot.QueryAsync(second, "select to_regclass('here')::text"));
        Assert.Equal("off", await ServerRoot.QueryAsync(second, "show fsync"));

        await first.DisposeAsync();
        Assert.False(Directory.Exists(first.DataDirectory));
        Assert.Equal("1", await ServerRoot.QueryAsync(second, "select 1"));
    }

    [Fact]
    public async Task The_template_is_made_once()
    {
        await using var root = new ServerRoot();
        var options = root.Options(ServerPurpose.Throwaway);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => root.StartAsync(options))));
        Assert.Single(root.Log, line => line.Contains("template", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_whose_owner_was_killed_is_deleted_by_the_next_start()
    {
        await using var root = new ServerRoot();
        var (orphan, _) = await StartingProgram.RunAsync(root.Path, ServerPurpose.Throwaway, killed: true);
        Assert.True(Directory.Exists(orphan.DataDirectory));
        Assert.True(await StartingProgram.AnswersAsync(orphan.Port));

        await root.StartAsync(root.Options(ServerPurpose.Throwaway));
        Assert.False(Directory.Exists(orphan.DataDirectory));
        Assert.False(await StartingProgram.AnswersAsync(orphan.Port));
    }
}
