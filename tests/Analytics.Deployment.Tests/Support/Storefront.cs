using System.Buffers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Analytics.Compiler;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Parsing;
using Analytics.Deployment.Reporting;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Support;

/// <summary>A project in a folder with the targets <c>dev</c> and <c>prod</c> in one database, built and published as a user does it.</summary>
internal sealed class Storefront : IAsyncDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("storefront-tests-");

    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal)
    {
        ["dbt_project.yml"] = "name: shop\nversion: '1.0'\nprofile: shop\n",
    };

    private Storefront(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public string Folder => directory.FullName;

    /// <summary>What the last publish or command told.</summary>
    public RecordingObserver Observer { get; private set; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Storefront> OpenAsync(
        PostgresFixture postgres,
        params (string Path, string Text)[] project
    )
    {
        var store = new Storefront(await postgres.CreateDatabaseAsync(cancellationToken: Token));
        var connection = new NpgsqlConnectionStringBuilder(store.Database.ConnectionString);
        var password = connection.Password is { Length: > 0 } plain
            ? plain
            : File.ReadLines(connection.Passfile!)
                .Select(line => line.Split(':'))
                .First(entry => entry[3] == connection.Username)[4];
        string Output(string name) =>
            $"    {name}: {{type: postgres, host: '{connection.Host}', port: {connection.Port}, user: '{connection.Username}', "
            + $"password: '{password}', dbname: '{store.Database.Name}', schema: {name}, threads: 2}}\n";
        File.WriteAllText(
            store.PathOf("profiles.yml"),
            $"shop:\n  target: dev\n  outputs:\n{Output("dev")}{Output("prod")}"
        );
        store.Write(project);
        return store;
    }

    /// <summary>Changes <c>profiles.yml</c>.</summary>
    /// <param name="pattern">A regular expression.</param>
    /// <param name="replacement">What stands there instead.</param>
    public void Profile(string pattern, string replacement)
    {
        var path = PathOf("profiles.yml");
        var text = File.ReadAllText(path);
        var changed = Regex.Replace(text, pattern, replacement);
        Assert.NotEqual(text, changed);
        File.WriteAllText(path, changed);
    }

    /// <summary>A file or folder in the project's folder.</summary>
    public string PathOf(string name) => Path.Combine(directory.FullName, name);

    /// <summary>Writes or replaces files.</summary>
    public void Write(params (string Path, string Text)[] project)
    {
        foreach (var (path, text) in project)
        {
            files[path] = text;
        }
    }

    /// <summary>Takes files away.</summary>
    public void Remove(params string[] paths) => Array.ForEach(paths, path => files.Remove(path));

    /// <summary>Publishes and expects that nothing is wrong.</summary>
    public async Task<DeploymentReport> PublishAsync(
        string target = "dev",
        Func<PublishRequest, PublishRequest>? change = null
    )
    {
        var report = await TryPublishAsync(target, change);
        Assert.True(report.Succeeded, string.Join("\n", Observer.Diagnostics));
        return report;
    }

    /// <summary>Builds and publishes; the reports of a target are in a folder of its name.</summary>
    public async Task<DeploymentReport> TryPublishAsync(
        string target = "dev",
        Func<PublishRequest, PublishRequest>? change = null,
        CancellationToken? cancellation = null,
        RecordingObserver? observer = null
    )
    {
        var artifact = Build();
        var request = new PublishRequest
        {
            ArtifactPath = artifact,
            ProjectDirectory = directory.FullName,
            TargetName = target,
            EmbeddedServerDirectory = PathOf("postgres"),
            ReportDirectory = PathOf(target),
        };
        Observer = observer ?? new RecordingObserver();
        return await Publisher.PublishAsync(change?.Invoke(request) ?? request, Observer, cancellation ?? Token);
    }

    /// <summary>Builds the project.</summary>
    /// <param name="target">For which target; null for the profile's default.</param>
    /// <param name="file">The artifact's name in the folder.</param>
    /// <returns>The artifact's path.</returns>
    public string Build(string? target = null, string file = "shop.pgpac")
    {
        var built = ProjectBuilder.Build(
            new BuildRequest(
                TestCompiler.Input(files),
                target,
                string.Empty,
                ProcessEnvironment.Instance,
                directory.FullName,
                ParseCache.Empty
            ),
            Token
        );
        Assert.True(built.Artifact is not null, string.Join("\n", built.Diagnostics));
        File.WriteAllBytes(PathOf(file), built.Artifact.Value.ToArray());
        return PathOf(file);
    }

    /// <summary>The statuses of the last publish to a target: <c>name:status</c> in ordinal order, from <c>run_results.json</c>.</summary>
    public string Statuses(string target = "dev")
    {
        var root = JsonNode.Parse(File.ReadAllText(Path.Combine(PathOf(target), "run_results.json")))!;
        return string.Join(
            ' ',
            root["results"]!
                .AsArray()
                .Select(result => $"{((string)result!["unique_id"]!).Split('.')[2]}:{(string)result["status"]!}")
                .Order(StringComparer.Ordinal)
        );
    }

    /// <summary>A new observer for a command, whose findings <see cref="Observer"/> has from now on.</summary>
    public RecordingObserver Listen() => Observer = new RecordingObserver();

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

    /// <summary>The rows of a query of one text, asked by the server's superuser.</summary>
    public async Task<IReadOnlyList<string>> QueryAsSuperUserAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.SuperUserConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        directory.Delete(recursive: true);
    }
}
