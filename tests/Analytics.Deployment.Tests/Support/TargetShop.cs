using System.Buffers;
using Analytics.Compiler;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Parsing;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Support;

/// <summary>A folder with a profile, a database that it points to, and artifacts that are built into the folder.</summary>
internal sealed class TargetShop : IAsyncDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("target-tests-");
    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal)
    {
        ["dbt_project.yml"] = "name: shop\nversion: '1.0'\nprofile: shop\n",
    };

    private TargetShop(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public string Folder => directory.FullName;

    public string Artifact => Path.Combine(Folder, "shop.pgpac");

    public RecordingObserver Observer { get; private set; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TargetShop> OpenAsync(
        PostgresFixture postgres,
        params (string Path, string Text)[] project
    )
    {
        var shop = new TargetShop(await postgres.CreateDatabaseAsync(cancellationToken: Token));
        var connection = new NpgsqlConnectionStringBuilder(shop.Database.ConnectionString);
        var password = connection.Password is { Length: > 0 } plain
            ? plain
            : File.ReadLines(connection.Passfile!)
                .Select(line => line.Split(':'))
                .First(entry => entry[3] == connection.Username)[4];
        string Output(string name) =>
            $"    {name}: {{type: postgres, host: '{connection.Host}', port: {connection.Port}, user: '{connection.Username}', password: '{password}', dbname: '{shop.Database.Name}', schema: {name}_gold, threads: 2}}\n";
        await File.WriteAllTextAsync(
            Path.Combine(shop.Folder, "profiles.yml"),
            "shop:\n  target: dev\n  outputs:\n" + Output("dev") + Output("prod"),
            Token
        );
        return shop.Build(project);
    }

    /// <summary>Writes files and builds.</summary>
    public TargetShop Build(params (string Path, string Text)[] project)
    {
        foreach (var (path, text) in project)
        {
            files[path] = text;
        }

        return BuildFor(null, "shop.pgpac");
    }

    /// <summary>Builds for a target, into a file of the folder.</summary>
    public TargetShop BuildFor(string? target, string file)
    {
        var result = ProjectBuilder.Build(
            new BuildRequest(
                TestCompiler.Input(files),
                target,
                string.Empty,
                ProcessEnvironment.Instance,
                Folder,
                ParseCache.Empty
            ),
            Token
        );
        Assert.True(result.Artifact is not null, string.Join("\n", result.Diagnostics));
        File.WriteAllBytes(Path.Combine(Folder, file), result.Artifact.Value.ToArray());
        return this;
    }

    /// <summary>Publishes and expects that nothing is wrong.</summary>
    public async Task PublishAsync(string? target = null)
    {
        var observer = Listen();
        var report = await Publisher.PublishAsync(
            new PublishRequest
            {
                ArtifactPath = Artifact,
                ProjectDirectory = Folder,
                TargetName = target,
                EmbeddedServerDirectory = Path.Combine(Folder, "postgres"),
                ReportDirectory = Path.Combine(Folder, "publish"),
            },
            observer,
            Token
        );
        Assert.True(report.Succeeded, string.Join("\n", observer.Diagnostics));
    }

    /// <summary>A new observer, whose findings <see cref="Observer"/> has from now on.</summary>
    public RecordingObserver Listen() => Observer = new RecordingObserver();

    public Task<IReadOnlyList<string>> QueryAsync(string sql) => Database.QueryAsync(sql, Token);

    public Task ExecuteAsync(string sql) => Database.ExecuteAsync(sql, Token);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        directory.Delete(recursive: true);
    }
}
