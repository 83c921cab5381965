using System.IO.Compression;
using System.Text;
using Analytics.Sdk.Tests.Running;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Sdk.Tests.Publishing;

/// <summary><c>dotnet publish</c> of a real project to a real server, whose password is in the environment only.</summary>
public sealed class PublishTests(PackedSdk sdk, PostgresFixture server) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Password = "correct-horse-battery-7351";

    private readonly string role = "shop_" + Guid.NewGuid().ToString("n")[..8];
    private TestDatabase database = null!;

    private Dictionary<string, string> Secrets => new() { ["SHOP_PASSWORD"] = Password };

    public async ValueTask InitializeAsync()
    {
        database = await server.CreateDatabaseAsync(cancellationToken: TestContext.Current.CancellationToken);
        await ExecuteAsync($"create role {role} login password '{Password}'");
        await ExecuteAsync($"grant create on database \"{database.Name}\" to {role}");
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"drop owned by {role} cascade; drop role {role}");
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod", "-p:target=prod")]
    [InlineData("prod", "-p:AnalyticsTarget=prod")]
    [InlineData("prod", "-p:PublishProfile=prod")]
    public async Task The_target_is_chosen_by_a_property_or_a_publish_profile(string target, params string[] arguments)
    {
        var project = Shop()
            .Write(
                "Properties/PublishProfiles/prod.pubxml",
                "<Project><PropertyGroup><AnalyticsTarget>prod</AnalyticsTarget></PropertyGroup></Project>"
            );

        var result = (await project.RunAsync(Secrets, ["publish", .. arguments])).ShouldSucceed();

        Assert.Single(result.LinesWith($"Published to target '{target}'"));
        Assert.Equal(9.5m, await ScalarAsync($"select total from shop_{target}.totals"));
    }

    [Fact]
    public async Task Each_node_has_a_line_the_end_has_the_counts_and_no_file_has_the_password()
    {
        var project = Shop();

        var result = (await project.RunAsync(Secrets, "publish", "-bl", "-v:diag")).ShouldSucceed();

        Assert.NotEmpty(result.LinesWith("1/2 OK    view        shop_dev.orders"));
        Assert.NotEmpty(result.LinesWith("2/2 OK    view        shop_dev.totals"));
        Assert.NotEmpty(result.LinesWith("Done. PASS=2 WARN=0 ERROR=0 SKIP=0 REUSED=0 TOTAL=2"));
        Assert.NotEmpty(result.LinesWith("Query it: psql"));
        Assert.DoesNotContain(Password, result.Output, StringComparison.Ordinal);
        var files = Directory.GetFiles(project.Folder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith(".binlog", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("run_results.json", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => Holds(file, Password));
        // The search itself finds what is there.
        Assert.Contains(files, file => file.EndsWith(".binlog", StringComparison.Ordinal) && Holds(file, "shop_dev"));
    }

    [Fact]
    public async Task A_publish_whose_password_is_refused_writes_it_nowhere_either()
    {
        var project = Shop();
        var wrong = new Dictionary<string, string> { ["SHOP_PASSWORD"] = Password + "-of-old" };

        var result = (await project.RunAsync(wrong, "publish", "-bl", "-v:diag")).ShouldFail();

        Assert.NotEmpty(result.LinesWith("ASQL6001"));
        Assert.DoesNotContain(Password, result.Output, StringComparison.Ordinal);
        var files = Directory.GetFiles(project.Folder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith(".binlog", StringComparison.Ordinal) && Holds(file, "ASQL6001"));
        Assert.DoesNotContain(files, file => Holds(file, Password));
    }

    [Fact]
    public async Task Without_applying_the_artifact_is_in_the_publish_folder_and_no_server_is_touched()
    {
        var project = Shop();

        var result = (
            await project.RunAsync(Secrets, "publish", "-p:AnalyticsApply=false", "-o", "out")
        ).ShouldSucceed();

        Assert.Empty(result.LinesWith("Published to"));
        var written = Directory.EnumerateFiles(Path.Combine(project.Folder, "out"), "*").Select(Path.GetFileName);
        Assert.Equal(["Shop.pgpac"], written);
        Assert.Equal(0L, await ScalarAsync("select count(*) from pg_namespace where nspname like 'shop%'"));
    }

    [Fact]
    public async Task Traces_go_to_the_receiver_that_the_environment_names_and_hold_no_secret()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        using var receiver = new TraceReceiver();
        Dictionary<string, string> environment = new(Secrets)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "nightly",
            ["TRACEPARENT"] = $"00-{Trace}-00f067aa0ba902b7-01",
        };

        (await Shop().RunAsync(environment, "publish")).ShouldSucceed();

        var received = receiver.Received;
        foreach (
            var text in (string[])
                ["publish", "plan", "view shop_dev.orders", "cut over", "model.shop.totals", "nightly", "create view"]
        )
        {
            Assert.True(received.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0, $"no '{text}' was received");
        }

        Assert.True(received.AsSpan().IndexOf(Convert.FromHexString(Trace)) >= 0, "the caller's trace goes on");
        Assert.True(received.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Password)) < 0, "the password was sent");
    }

    [Fact]
    public async Task A_receiver_of_traces_that_does_not_answer_changes_nothing()
    {
        Dictionary<string, string> environment = new(Secrets)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };

        var result = (await Shop().RunAsync(environment, "publish")).ShouldSucceed();

        Assert.Single(result.LinesWith("Published to target 'dev'"));
    }

    [Fact]
    public async Task A_red_test_fails_the_command_and_is_named()
    {
        var project = Shop()
            .Write("tests/no_cheap_orders.sql", "select * from {{ ref('orders') }} where amount < 10\n");

        var result = (await project.RunAsync(Secrets, "publish")).ShouldFail();

        Assert.NotEmpty(result.LinesWith("error ASQL7001: test 'no_cheap_orders'"));
        Assert.NotEmpty(result.LinesWith("Not published"));
        Assert.Null(await ScalarAsync("select to_regclass('shop_dev.orders')::text"));
    }

    [Fact]
    public async Task What_does_not_compile_is_not_published()
    {
        var project = Shop();
        (await project.RunAsync(Secrets, "publish")).ShouldSucceed();
        project.Write("models/totals.sql", "select 1 as total from {{ ref('odrers') }}\n");

        var result = (await project.RunAsync(Secrets, "publish")).ShouldFail();

        Assert.NotEmpty(result.LinesWith("error ASQL3001"));
        Assert.Empty(result.LinesWith("ublished"));
        Assert.Equal(9.5m, await ScalarAsync("select total from shop_dev.totals"));
    }

    [Theory]
    [InlineData("-p:PublishProfile=pord", "no publish profile 'pord'")]
    [InlineData("-p:Threads=many", "Threads must be a whole number")]
    [InlineData("-p:FullRefresh=perhaps", "FullRefresh must be true or false")]
    [InlineData("-p:target=pord", "error ASQL0007")]
    public async Task A_bad_property_is_an_error_before_anything_is_published(string argument, string message)
    {
        var result = (await Shop().RunAsync(Secrets, "publish", argument)).ShouldFail();

        Assert.NotEmpty(result.LinesWith(message));
        Assert.Null(await ScalarAsync("select to_regclass('shop_dev.orders')::text"));
    }

    [Fact]
    public async Task A_step_before_the_publish_that_fails_stops_it()
    {
        var step =
            "<ItemGroup><AnalyticsPrePublish Include=\"land\" Command=\"$(DOTNET_HOST_PATH)\" Arguments=\"no-such.dll\" /></ItemGroup>";

        var result = (await Shop(step).RunAsync(Secrets, "publish")).ShouldFail();

        Assert.NotEmpty(result.LinesWith("error ASQL6010"));
        Assert.Null(await ScalarAsync("select to_regclass('shop_dev.orders')::text"));
    }

    private TestProject Shop(string body = "")
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        string Target(string name) =>
            $"""
                    {name}:
                      type: postgres
                      host: {connection.Host}
                      port: {connection.Port}
                      user: {role}
                      password: "{"{{ env_var('SHOP_PASSWORD') }}"}"
                      dbname: {database.Name}
                      schema: shop_{name}
                      threads: 2

                """;
        return TestProject
            .CreateShop(sdk, body)
            .Write("dbt_project.yml", "name: shop\nprofile: shop\n")
            .Write("profiles.yml", $"shop:\n  target: dev\n  outputs:\n{Target("dev")}{Target("prod")}");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.SuperUserConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.SuperUserConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is var value and not DBNull
            ? value
            : null;
    }

    private static bool Holds(string path, string text)
    {
        using var file = File.OpenRead(path);
        using var content = path.EndsWith(".binlog", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : (Stream)file;
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        return memory.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    }
}
