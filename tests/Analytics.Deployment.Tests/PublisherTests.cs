using System.Buffers;
using System.Text.Json;
using Analytics.Compiler;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Parsing;
using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Reporting;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests;

public sealed class PublisherTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Profiles = """
        shop:
          outputs:
            dev:
              type: postgres
              host: "{{ env_var('DBT_PG_HOST') }}"
              port: "{{ env_var('DBT_PG_PORT') | as_number }}"
              user: "{{ env_var('DBT_PG_USER') }}"
              password: "{{ env_var('DBT_PG_PASSWORD') }}"
              dbname: "{{ env_var('DBT_PG_DATABASE') }}"
              schema: dbt_ann
              search_path: 'public, "Odd \ Schema"'
              threads: 2
            other:
              type: postgres
              host: 127.0.0.1
              port: 1
              user: nobody
              password: hunter2secret
              dbname: nothing
              schema: dbt_ann
              retries: 0
              connect_timeout: 2
        """;

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("publisher-tests-");
    private TestDatabase database = null!;
    private TestEnvironment environment = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync(cancellationToken: Token);
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var password = connection.Password is { Length: > 0 } plain
            ? plain
            : File.ReadLines(connection.Passfile!)
                .Select(line => line.Split(':'))
                .First(entry => entry[3] == connection.Username)[4];
        environment = new TestEnvironment(
            new Dictionary<string, string>
            {
                ["DBT_PG_HOST"] = connection.Host!,
                ["DBT_PG_PORT"] = connection.Port.ToString(),
                ["DBT_PG_USER"] = connection.Username!,
                ["DBT_PG_PASSWORD"] = password,
                ["DBT_PG_DATABASE"] = database.Name,
            }
        );
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "profiles.yml"), Profiles, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task An_artifact_is_published_and_reported()
    {
        Build(
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as v, current_schemas(false)::text as path"),
            ("models/b.sql", "select v from {{ ref('a') }}")
        );
        var observer = new RecordingObserver();

        var report = await Publisher.PublishAsync(Request(), observer, Token);

        Assert.True(report.Succeeded, string.Join("\n", observer.Diagnostics));
        Assert.Equal(["1"], await database.QueryAsync("select v from dbt_ann.b", Token));
        Assert.Equal(["{public}"], await database.QueryAsync("select path from dbt_ann.a", Token));
        Assert.Equal("dev", report.Target);
        Assert.StartsWith("psql \"host=", report.QueryHint);
        Assert.Equal(["dbt_ann.a", "dbt_ann.b"], report.Results.Select(result => result.Name));
        Assert.True(File.Exists(ReportPath("manifest.json")));
        NoSecretIn(observer);
    }

    [Fact]
    public async Task What_has_no_SQL_without_the_database_s_answers_builds_and_is_published()
    {
        Build(
            ("seeds/payments.csv", "kind,amount\ncard,1\ncash,2\n"),
            (
                "models/kinds.sql",
                "{% set kinds = run_query('select distinct kind from ' ~ ref('payments') ~ ' order by 1').columns[0].values() %}"
                    + "select {% for kind in kinds %}sum(amount) filter (where kind = '{{ kind }}') as {{ kind }}"
                    + "{% if not loop.last %}, {% endif %}{% endfor %} from {{ ref('payments') }}"
            ),
            (
                "models/only.sql",
                "-- depends_on: {{ ref('kinds') }}\n{% if execute %}select card, cash from {{ ref('kinds') }}{% endif %}"
            )
        );
        var observer = new RecordingObserver();

        var report = await Publisher.PublishAsync(Request(), observer, Token);

        Assert.True(report.Succeeded, string.Join("\n", observer.Diagnostics));
        Assert.Equal(["1|2"], await database.QueryAsync("select card, cash from dbt_ann.only", Token));
    }

    [Fact]
    public async Task A_unit_test_with_its_fixture_is_in_the_artifact_the_plan_and_the_results()
    {
        Build(
            ("models/a.sql", "select 1 as v"),
            ("models/b.sql", "select v + 1 as v from {{ ref('a') }}"),
            ("tests/fixtures/one.csv", "v\n1\n"),
            (
                "models/u.yml",
                "unit_tests: [{name: t, model: b, given: [{input: ref('a'), format: csv, fixture: one}], expect: {rows: [{v: 3}]}}]"
            )
        );
        var observer = new RecordingObserver();
        await Publisher.PublishAsync(Request() with { WhatIf = true }, observer, Token);
        Assert.Contains("   2  unit test b::t, after 1", observer.Messages);

        var report = await Publisher.PublishAsync(Request(), new RecordingObserver(), Token);

        Assert.False(report.Succeeded);
        using var results = JsonDocument.Parse(await File.ReadAllTextAsync(ReportPath("run_results.json"), Token));
        var test = results
            .RootElement.GetProperty("results")
            .EnumerateArray()
            .Single(result => result.GetProperty("unique_id").GetString() == "unit_test.shop.b.t");
        Assert.Equal("fail", test.GetProperty("status").GetString());
        Assert.Equal(1, test.GetProperty("failures").GetInt32());
        Assert.Equal("actual differs from expected:\n\n@@ ,v\n---,3\n+++,2", test.GetProperty("message").GetString());
        Assert.Contains("__dbt__cte__a", test.GetProperty("compiled_code").GetString());
        Assert.Equal(JsonValueKind.Null, test.GetProperty("relation_name").ValueKind);
    }

    [Fact]
    public async Task What_would_be_done_is_told_and_nothing_is_changed()
    {
        Build(
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as v"),
            ("models/b.sql", "select v from {{ ref('a') }}")
        );
        var observer = new RecordingObserver();
        var step = new PrePublishStep("landing", "no-such-program-here", [], directory.FullName);

        var report = await Publisher.PublishAsync(
            Request() with
            {
                WhatIf = true,
                StepsBefore = [step],
            },
            observer,
            Token
        );

        Assert.True(report.Succeeded, string.Join("\n", observer.Diagnostics));
        Assert.Contains("create schema dbt_ann", observer.Messages);
        Assert.Contains("      create view dbt_ann.b", observer.Messages);
        Assert.Equal(report.Plan, await File.ReadAllTextAsync(ReportPath("publish_plan.txt"), Token));
        Assert.False(File.Exists(ReportPath("run_results.json")));
        Assert.Equal(
            ["0"],
            await database.QueryAsync("select count(*) from pg_namespace where nspname like 'dbt_ann%'", Token)
        );
    }

    [Fact]
    public async Task Steps_before_are_not_led_elsewhere_by_the_environment()
    {
        Build(("models/a.sql", "select 1 as v"));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "env is the program of this test.");
        var misleading = new[] { "PGHOSTADDR", "PGSERVICE", "PGSERVICEFILE", "PGOPTIONS" };
        var observer = new RecordingObserver();
        var step = new PrePublishStep("landing", "env", [], directory.FullName);
        foreach (var name in misleading)
        {
            // Harmless to the tests beside this one.
            Environment.SetEnvironmentVariable(name, "-c geqo=on");
        }

        try
        {
            await Publisher.PublishAsync(Request() with { StepsBefore = [step] }, observer, Token);
        }
        finally
        {
            foreach (var name in misleading)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }

        Assert.Contains(observer.Messages, line => line == $"PGDATABASE={database.Name}");
        Assert.DoesNotContain(observer.Messages, line => misleading.Any(line.StartsWith));
    }

    [Fact]
    public async Task Steps_before_get_the_target_s_variables_and_their_lines_are_told()
    {
        Build(
            ("models/sources.yml", "sources: [{name: bronze, tables: [{name: landed}]}]"),
            ("models/a.sql", "select * from {{ source('bronze', 'landed') }}")
        );
        var observer = new RecordingObserver();
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(HasPsql),
            "psql is the program of this test, and it is not on PATH."
        );
        var step = new PrePublishStep(
            "landing",
            "psql",
            [
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                "create schema bronze",
                "-c",
                "create table bronze.landed as select 42 as v",
                "-c",
                "select 'landed ' || v from bronze.landed",
            ],
            directory.FullName
        );

        var report = await Publisher.PublishAsync(Request() with { StepsBefore = [step] }, observer, Token);

        Assert.True(report.Succeeded, string.Join("\n", observer.Messages.Concat(observer.Errors)));
        Assert.Contains(" landed 42", observer.Messages);
        Assert.Equal(["42"], await database.QueryAsync("select v from dbt_ann.a", Token));
        NoSecretIn(observer);
    }

    private static bool HasPsql(string folder) =>
        new FileInfo(Path.Combine(folder, OperatingSystem.IsWindows() ? "psql.exe" : "psql"))
            is { Exists: true, Length: > 0 };

    [Theory]
    [InlineData("dotnet", "no-such-command", "exited with 1")]
    [InlineData("no-such-program-here", "x", "exited with 127")]
    public async Task A_step_that_fails_stops_the_publish(string program, string arguments, string message)
    {
        Build(("models/a.sql", "select 1 as v"));
        var observer = new RecordingObserver();
        var step = new PrePublishStep("landing", program, arguments.Split(','), directory.FullName);

        var report = await Publisher.PublishAsync(Request() with { StepsBefore = [step] }, observer, Token);

        Assert.False(report.Succeeded);
        Assert.Contains(message, Assert.Single(observer.Errors));
        Assert.Equal(
            ["0"],
            await database.QueryAsync("select count(*) from pg_namespace where nspname like 'dbt_ann%'", Token)
        );
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_without_the_password()
    {
        Build(("models/a.sql", "select 1 as v"));
        var observer = new RecordingObserver();

        var report = await Publisher.PublishAsync(Request() with { TargetName = "other" }, observer, Token);

        Assert.False(report.Succeeded);
        var error = Assert.Single(observer.Errors);
        Assert.Contains("ASQL6001: cannot connect to target 'other' (nobody@127.0.0.1:1/nothing)", error);
        Assert.DoesNotContain("hunter2secret", error);
        Assert.Empty(report.QueryHint);
    }

    [Fact]
    public async Task A_second_publish_at_the_same_time_is_told_who_is_busy()
    {
        Build(("models/a.sql", "select 1 as v"));
        var second = new RecordingObserver();
        DeploymentReport? blocked = null;
        var first = new RecordingObserver
        {
            OnStarted = _ =>
                blocked ??= Publisher
                    .PublishAsync(Request() with { ReportDirectory = ReportPath("second") }, second, Token)
                    .GetAwaiter()
                    .GetResult(),
        };

        var report = await Publisher.PublishAsync(Request(), first, Token);

        Assert.True(report.Succeeded);
        Assert.False(blocked!.Succeeded);
        Assert.Contains(
            "ASQL6003: another publish to target 'dev' is running (server process",
            Assert.Single(second.Errors)
        );
    }

    [Fact]
    public async Task Who_comes_too_late_for_the_lock_is_told_and_not_ended()
    {
        Build(("models/a.sql", "{{ config(materialized='table') }} select 1 as v"));
        var requests = Enumerable.Range(1, 6).Select(i => Request() with { ReportDirectory = ReportPath($"run{i}") });

        var publishes = requests.Select(async request =>
        {
            var observer = new RecordingObserver();
            await Publisher.PublishAsync(request, observer, Token);
            return observer;
        });

        var errors = (await Task.WhenAll(publishes)).SelectMany(observer => observer.Errors).ToList();
        Assert.True(errors.Count < 6);
        Assert.All(errors, error => Assert.Contains("ASQL6003", error));
    }

    [Fact]
    public async Task What_a_killed_publish_left_is_ended_also_where_the_profile_has_a_role()
    {
        Build(("models/a.sql", "select 1 as v"));
        var role = "actor_" + database.Name;
        await AsSuperUserAsync(
            $"create role {role}; grant {role} to dbt; grant create on database \"{database.Name}\" to {role}"
        );
        try
        {
            var profiles = Profiles.Replace("threads: 2", $"threads: 2\n      role: {role}", StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "profiles.yml"), profiles, Token);
            var key = PublishLock.Of("shop", database.Name, "dbt_ann").MemberKey;
            await using var orphan = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
            await orphan.OpenAsync(Token);
            await using var member = new NpgsqlCommand($"select pg_advisory_lock_shared({key})", orphan);
            await member.ExecuteNonQueryAsync(Token);
            var observer = new RecordingObserver();

            var report = await Publisher.PublishAsync(Request(), observer, Token);

            Assert.True(report.Succeeded, string.Join("\n", observer.Diagnostics));
            Assert.Equal(
                [role],
                await database.QueryAsync(
                    "select relowner::regrole::text from pg_class where oid = 'dbt_ann.a'::regclass",
                    Token
                )
            );
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => member.ExecuteNonQueryAsync(Token));
        }
        finally
        {
            await AsSuperUserAsync($"drop owned by {role} cascade; drop role {role}");
        }
    }

    private async Task AsSuperUserAsync(string sql)
    {
        await using var superUser = new NpgsqlConnection(database.SuperUserConnectionString);
        await superUser.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, superUser);
        await command.ExecuteNonQueryAsync(Token);
    }

    [Fact]
    public async Task A_cancelled_publish_is_a_diagnostic_and_no_exception()
    {
        Build(("models/a.sql", "{{ config(materialized='table') }} select pg_sleep(600)::text as v"));
        using var cancel = new CancellationTokenSource();
        var observer = new RecordingObserver { OnStarted = _ => cancel.CancelAfter(50) };

        var report = await Publisher.PublishAsync(Request(), observer, cancel.Token);

        Assert.False(report.Succeeded);
        Assert.Contains("ASQL6008", Assert.Single(observer.Errors));
        Assert.Equal(
            ["0"],
            await database.QueryAsync("select count(*) from pg_namespace where nspname like '%\\_\\_next'", Token)
        );
    }

    [Fact]
    public async Task A_privilege_that_is_missing_is_said_in_the_server_s_words()
    {
        Build(("models/a.sql", "select 1 as v"));
        Assert.True((await Publisher.PublishAsync(Request(), new RecordingObserver(), Token)).Succeeded);
        await AsSuperUserAsync(
            """
            do $$ declare kept text := (select nspname from pg_namespace where nspname like '%\_\_state'); begin
              execute format('alter table %I.relations owner to postgres', kept);
            end $$
            """
        );
        var observer = new RecordingObserver();

        var report = await Publisher.PublishAsync(Request(), observer, Token);

        Assert.False(report.Succeeded);
        Assert.Contains(
            "ASQL6012: the publish could not be prepared: permission denied for table relations",
            Assert.Single(observer.Errors)
        );
    }

    private void NoSecretIn(RecordingObserver observer)
    {
        var password = environment.Get("DBT_PG_PASSWORD")!;
        var written = Directory
            .EnumerateFiles(directory.FullName, "*.json", SearchOption.AllDirectories)
            .Select(File.ReadAllText);
        var told = observer.Messages.Concat(observer.Diagnostics.Select(found => found.ToString()));
        if (password.Length > 6)
        {
            Assert.All(written.Concat(told), text => Assert.DoesNotContain(password, text));
        }
    }

    private string ReportPath(string file) => Path.Combine(directory.FullName, file);

    private void Build(params (string Path, string Text)[] files)
    {
        var all = files
            .Append(("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\n"))
            .ToDictionary(file => file.Item1, file => file.Item2);
        var result = ProjectBuilder.Build(
            new BuildRequest(
                TestCompiler.Input(all),
                null,
                string.Empty,
                environment,
                directory.FullName,
                ParseCache.Empty
            ),
            Token
        );
        Assert.True(result.Artifact is not null, string.Join("\n", result.Diagnostics));
        File.WriteAllBytes(ReportPath("shop.pgpac"), result.Artifact.Value.ToArray());
    }

    private PublishRequest Request() =>
        new()
        {
            ArtifactPath = ReportPath("shop.pgpac"),
            ProjectDirectory = directory.FullName,
            EmbeddedServerDirectory = ReportPath("postgres"),
            ReportDirectory = directory.FullName,
            Environment = environment,
        };

    private sealed class TestEnvironment(IReadOnlyDictionary<string, string> values) : IEnvironment
    {
        public string? Get(string name) => values.GetValueOrDefault(name);
    }
}
