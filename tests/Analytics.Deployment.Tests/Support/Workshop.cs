using System.Collections.Immutable;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Applying.CuttingOver;
using Analytics.Deployment.Planning.Selection;
using Analytics.Deployment.Reporting;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Support;

/// <summary>A database and a project of a few files, published as often as a test likes.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal)
    {
        ["dbt_project.yml"] = "name: shop\nversion: '1.0'\n",
    };

    private Workshop(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    /// <summary>What the last publish told.</summary>
    public RecordingObserver Observer { get; private set; } = new();

    /// <summary>The base schema.</summary>
    public string Schema { get; init; } = "gold";

    /// <summary>Short waits, so that a test of patience is no test of ours.</summary>
    public CutOverOptions CutOver { get; set; } =
        new(
            TimeSpan.FromMilliseconds(200),
            TimeSpan.FromSeconds(3),
            TimeSpan.FromMilliseconds(50),
            TimeSpan.FromSeconds(20)
        );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Workshop> OpenAsync(PostgresFixture postgres, params (string Path, string Text)[] project)
    {
        var shop = new Workshop(await postgres.CreateDatabaseAsync(cancellationToken: Token));
        shop.Write(project);
        return shop;
    }

    /// <summary>Another project or person on the same database.</summary>
    public Workshop Neighbour(string schema, params (string Path, string Text)[] project)
    {
        var other = new Workshop(Database) { Schema = schema };
        other.Write(project);
        return other;
    }

    /// <summary>Writes or replaces files.</summary>
    public Workshop Write(params (string Path, string Text)[] project)
    {
        foreach (var (path, text) in project)
        {
            files[path] = text;
        }

        return this;
    }

    public Task<IReadOnlyList<string>> QueryAsync(string sql) => Database.QueryAsync(sql, Token);

    public Task ExecuteAsync(string sql) => Database.ExecuteAsync(sql, Token);

    /// <summary>Runs a statement as the server's superuser, in the same database.</summary>
    public async Task AsSuperUserAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.SuperUserConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>When publishes begin.</summary>
    public DateTimeOffset Now { get; set; } = new(2025, 3, 4, 5, 6, 7, TimeSpan.Zero);

    /// <summary>Whether also what did not change is built.</summary>
    public bool Force { get; set; }

    /// <summary>The port of what stands between a publish and the server; null for nothing.</summary>
    public int? Through { get; set; }

    /// <summary>When what is built becomes visible.</summary>
    public CutOverMode Mode { get; set; }

    /// <summary>Whether data tests keep their failing rows where their config does not say.</summary>
    public bool StoreFailures { get; set; }

    /// <summary>Whether data tests of one relation may share a scan.</summary>
    public bool FuseTests { get; set; } = true;

    /// <summary>Publishes and expects that nothing is wrong.</summary>
    public async Task PublishAsync(string select = "", bool fullRefresh = false, int workers = 3)
    {
        var done = await TryPublishAsync(select, fullRefresh: fullRefresh, workers: workers);
        Assert.True(done, string.Join("\n", Observer.Diagnostics));
    }

    /// <summary>Publishes.</summary>
    public async Task<bool> TryPublishAsync(
        string select = "",
        string exclude = "",
        bool fullRefresh = false,
        int workers = 3,
        RecordingObserver? observer = null,
        CancellationToken? cancellation = null
    )
    {
        Observer = observer ?? new RecordingObserver();
        var log = new PublishLog(Observer);
        var builder = new NpgsqlConnectionStringBuilder(Database.ConnectionString);
        var target = Target(builder);
        if (Through is { } through)
        {
            target = target with { Host = "127.0.0.1", Port = through };
        }

        var compiled = TestCompiler.Compile(files, target, fullRefresh, StoreFailures);
        log.Diagnostics(compiled.Diagnostics);
        if (compiled.Project is not { } project)
        {
            return false;
        }

        var address = new ServerAddress(
            target.Host,
            target.Port,
            target.Database,
            target.User,
            target.Password,
            builder.Passfile
        );
        var publishLock = PublishLock.Of("shop", target.Database, target.Schema);
        await using var sessions = ConnectionFactory.CreateSession(target, address, "shop");
        await using var pool = ConnectionFactory.CreateWorkers(target, address, "shop", publishLock);
        await using var session = await sessions.OpenConnectionAsync(Token);
        Assert.Null(await publishLock.TryTakeAsync(session, Token));
        try
        {
            var run = new DeploymentRun(project, session, publishLock, log)
            {
                CutOverOptions = CutOver,
                StartedAt = Now,
                FuseTests = FuseTests,
            };
            var (selected, diagnostics) = new NodeSelector(project, default).Select(
                new SelectionRequest { Select = select, Exclude = exclude }
            );
            log.Diagnostics(diagnostics);
            var planner = new TargetPlanner(project, session, log) { Force = Force, CutOver = Mode };
            return selected is not null
                && await planner.PlanAsync(selected, fullRefresh, cancellation ?? Token) is { } plan
                && await run.RunAsync(pool, plan, fullRefresh, workers, cancellation ?? Token)
                && !log.HasErrors;
        }
        finally
        {
            await ReleaseAsync(publishLock, session);
        }
    }

    /// <summary>The staging schemas that are there.</summary>
    public Task<IReadOnlyList<string>> StagingSchemasAsync() =>
        QueryAsync("select nspname from pg_namespace where nspname like '%\\_\\_next%' order by 1");

    // With a connection that broke goes the lock, also when it is found out by asking; it changes nothing of what was published.
    private static async Task ReleaseAsync(PublishLock publishLock, NpgsqlConnection session)
    {
        try
        {
            if (session.FullState.HasFlag(System.Data.ConnectionState.Open))
            {
                await publishLock.ReleaseAsync(session, Token);
            }
        }
        catch (NpgsqlException) when (!session.FullState.HasFlag(System.Data.ConnectionState.Open)) { }
    }

    public async ValueTask DisposeAsync() => await Database.DisposeAsync();

    private TargetProfile Target(NpgsqlConnectionStringBuilder builder) =>
        new(
            "shop",
            "dev",
            false,
            builder.Host!,
            builder.Port,
            builder.Username!,
            Database.Name,
            Schema,
            4,
            builder.Password is { Length: > 0 } password ? new Secret(password) : null,
            ImmutableDictionary<string, string>.Empty
        );
}
