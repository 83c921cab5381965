using System.Text.Json;
using Analytics.Sdk.Tests.Running;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Sdk.Tests.Commands;

/// <summary>The targets beside build and publish, each once, in a real project and on a real server.</summary>
public sealed class TargetCommandTests(PackedSdk sdk, PostgresFixture server)
    : IClassFixture<PostgresFixture>,
        IAsyncLifetime
{
    private const string Password = "correct-horse-battery-9142";

    private readonly string role = "shop_" + Guid.NewGuid().ToString("n")[..8];
    private TestDatabase database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await server.CreateDatabaseAsync(cancellationToken: Token);
        await ExecuteAsync($"create role {role} login password '{Password}'");
        await ExecuteAsync($"grant create on database \"{database.Name}\" to {role}");
        await ExecuteAsync(
            $"create schema raw; create table raw.orders as select now() - interval '3 h' as loaded_at; grant usage on schema raw to {role}; grant select on raw.orders to {role}"
        );
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"drop owned by {role} cascade; drop role {role}");
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Sources_are_checked_and_a_stale_one_fails_the_command()
    {
        var project = Shop();

        var late = (await RunAsync(project, "-t:SourceFreshness")).ShouldSucceed();

        Assert.NotEmpty(
            late.LinesWith(
                "warning ASQL6028: the newest row of source 'raw.orders' is 3 hours old, and warn_after is 1 hour"
            )
        );
        Assert.NotEmpty(late.LinesWith("Done. PASS=0 WARN=1 ERROR=0 TOTAL=1"));
        using var json = JsonDocument.Parse(
            await File.ReadAllTextAsync(project.PathOf("bin/Debug/sources.json"), Token)
        );
        Assert.Equal("warn", json.RootElement.GetProperty("results")[0].GetProperty("status").GetString());

        await ExecuteAsync("update raw.orders set loaded_at = now() - interval '9 d'");
        var stale = (await RunAsync(project, "-t:SourceFreshness", "-p:Select=source:raw")).ShouldFail();
        Assert.NotEmpty(stale.LinesWith("error ASQL6027: the newest row of source 'raw.orders' is 9 days old"));
    }

    [Fact]
    public async Task A_macro_runs_on_the_target()
    {
        var project = Shop()
            .Write(
                "macros/greet.sql",
                "{% macro greet(who, times=1) %}{% set n = run_query('select ' ~ times ~ ' * 2').rows[0][0] %}{{ print('hello ' ~ who ~ ' ' ~ n ~ ' on ' ~ target.name) }}{% endmacro %}\n"
            );

        var done = (
            await RunAsync(
                project,
                "-t:RunOperation",
                "-p:Macro=greet",
                "-p:Args={who: world%2c times: 21}",
                "-p:target=prod"
            )
        ).ShouldSucceed();
        Assert.NotEmpty(done.LinesWith("hello world 42 on prod"));

        var unknown = (await RunAsync(project, "-t:RunOperation", "-p:Macro=gret")).ShouldFail();
        Assert.NotEmpty(unknown.LinesWith("error ASQL6030: there is no macro 'gret'"));
        Assert.NotEmpty(unknown.LinesWith("did you mean 'greet'?"));
        var looked = (await RunAsync(project, "-t:DebugTarget")).ShouldSucceed();
        Assert.NotEmpty(looked.LinesWith("shop_dev, which a publish will create"));
        Assert.DoesNotContain(Password, looked.Output, StringComparison.Ordinal);
        (await RunAsync(project, "-t:RunOperation")).ShouldFail();
    }

    [Fact]
    public async Task Rows_are_shown_and_the_state_is_cloned_and_catalogued()
    {
        var project = Shop();
        (await project.RunAsync(Secrets, "publish", "-p:target=prod")).ShouldSucceed();

        var cloned = (await RunAsync(project, "-t:Clone", $"-p:State={StateOf(project)}")).ShouldSucceed();
        Assert.NotEmpty(cloned.LinesWith("view shop_dev.totals reads shop_prod.totals"));
        Assert.NotEmpty(cloned.LinesWith("Done. CLONED=2 KEPT=0 WITHOUT=0"));

        var shown = (await RunAsync(project, "-t:Show", "-p:Select=orders")).ShouldSucceed();
        Assert.NotEmpty(shown.LinesWith("Previewing node 'orders':"));
        Assert.NotEmpty(shown.LinesWith("|  1 |    9.5 |"));
        Assert.Single(shown.LinesWith("Previewing node"));

        var inline = (
            await RunAsync(
                project,
                "-t:Show",
                "-p:Inline=select total * 2 as twice from {{ ref('totals') }}",
                "-p:output=json"
            )
        ).ShouldSucceed();
        Assert.NotEmpty(inline.LinesWith("\"twice\": 19"));

        var catalog = (await RunAsync(project, "-t:GenerateCatalog")).ShouldSucceed();
        Assert.NotEmpty(catalog.LinesWith("Catalog of 2 nodes and 1 sources"));
        using var json = JsonDocument.Parse(
            await File.ReadAllTextAsync(project.PathOf("bin/Debug/catalog.json"), Token)
        );
        Assert.True(json.RootElement.GetProperty("nodes").TryGetProperty("model.shop.totals", out _));
    }

    [Fact]
    public async Task A_selection_is_compiled_without_a_server()
    {
        var project = Shop();

        var result = (
            await RunAsync(project, "-t:CompileSelection", "-p:Select=totals", "-p:target=prod")
        ).ShouldSucceed();

        Assert.NotEmpty(result.LinesWith("Compiled node 'totals' is:"));
        Assert.NotEmpty(result.LinesWith($"from \"{database.Name}\".\"shop_prod\".\"orders\""));
        Assert.Single(result.LinesWith("Compiled node"));
    }

    [Fact]
    public async Task Publishes_of_one_kind_of_resource_are_what_dbt_s_other_commands_are()
    {
        var project = Shop()
            .Write("seeds/codes.csv", "code\n1\n")
            .Write(
                "snapshots/kept.yml",
                "snapshots: [{name: kept, relation: ref('orders'), config: {unique_key: id, strategy: check, check_cols: all}}]"
            );

        foreach (
            var (property, done) in new[]
            {
                ("-p:ResourceType=seed", "1/1 OK    seed        shop_dev.codes"),
                ("-p:ExcludeResourceType=seed snapshot test unit_test", "2/2 OK    view        shop_dev.totals"),
                ("-p:ResourceType=snapshot", "1/1 OK    snapshot    shop_dev.kept"),
                ("-p:ResourceType=test unit_test", "1/1 PASS  test        unique_orders_id"),
            }
        )
        {
            var result = (await project.RunAsync(Secrets, "publish", property)).ShouldSucceed();
            Assert.NotEmpty(result.LinesWith(done));
        }
    }

    private Dictionary<string, string> Secrets => new() { ["SHOP_PASSWORD"] = Password };

    private Task<DotnetResult> RunAsync(TestProject project, params string[] arguments) =>
        project.RunAsync(Secrets, ["build", .. arguments]);

    // What was built for prod, before a build for dev writes over it.
    private static string StateOf(TestProject project)
    {
        File.Copy(project.Artifact, project.PathOf("prod.pgpac"));
        return "prod.pgpac";
    }

    private TestProject Shop()
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        string Target(string name) =>
            $"    {name}: {{type: postgres, host: '{connection.Host}', port: {connection.Port}, user: {role}, password: \"{"{{ env_var('SHOP_PASSWORD') }}"}\", dbname: {database.Name}, schema: shop_{name}, threads: 2}}\n";
        return TestProject
            .CreateShop(sdk)
            .Write("dbt_project.yml", "name: shop\nprofile: shop\n")
            .Write("profiles.yml", $"shop:\n  target: dev\n  outputs:\n{Target("dev")}{Target("prod")}")
            .Write(
                "models/sources.yml",
                """
                models: [{name: orders, columns: [{name: id, data_tests: [unique]}]}]
                sources:
                  - name: raw
                    tables:
                      - name: orders
                        config:
                          loaded_at_field: loaded_at
                          freshness: {warn_after: {count: 1, period: hour}, error_after: {count: 7, period: day}}
                """
            );
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.SuperUserConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
