using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests;

public sealed class DamagedArtifactTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_is_no_artifact_is_a_diagnostic()
    {
        await using var shop = await Storefront.OpenAsync(postgres);
        await File.WriteAllTextAsync(shop.PathOf("shop.pgpac"), "not a zip", Token);
        var observer = new RecordingObserver();

        var report = await Publisher.PublishAsync(Request(shop), observer, Token);

        Assert.False(report.Succeeded);
        Assert.Contains("ASQL0015", Assert.Single(observer.Errors));
    }

    [Theory]
    [InlineData("format", "\"one\"", "its format is \"one\"")]
    [InlineData("format", "99999999999", "its format is 99999999999")]
    [InlineData("packages", "[]", "it holds no project")]
    public async Task A_damaged_index_is_a_diagnostic(string key, string value, string message)
    {
        await using var shop = await Storefront.OpenAsync(postgres, ("models/a.sql", "select 1 as v"));
        var artifact = shop.Build();
        using (var zip = ZipFile.Open(artifact, ZipArchiveMode.Update))
        {
            var entry = zip.GetEntry("artifact.json")!;
            JsonObject index;
            await using (var content = await entry.OpenAsync(Token))
            {
                index = (JsonObject)(await JsonNode.ParseAsync(content, cancellationToken: Token))!;
            }

            index[key] = JsonNode.Parse(value);
            entry.Delete();
            await using var stream = await zip.CreateEntry("artifact.json").OpenAsync(Token);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(index.ToJsonString()), Token);
        }

        var observer = new RecordingObserver();

        await Publisher.PublishAsync(Request(shop), observer, Token);

        Assert.Contains("ASQL0015", Assert.Single(observer.Errors));
        Assert.Contains(message, Assert.Single(observer.Errors));
    }

    [Fact]
    public async Task An_entry_that_is_there_twice_is_a_diagnostic()
    {
        await using var shop = await Storefront.OpenAsync(postgres, ("models/a.sql", "select 1 as v"));
        var artifact = shop.Build();
        using (var zip = ZipFile.Open(artifact, ZipArchiveMode.Update))
        {
            zip.CreateEntry("artifact.json");
        }

        var observer = new RecordingObserver();

        await Publisher.PublishAsync(Request(shop), observer, Token);

        Assert.Contains("its entry 'artifact.json' is there twice", Assert.Single(observer.Errors));
    }

    private static PublishRequest Request(Storefront shop) =>
        new()
        {
            ArtifactPath = shop.PathOf("shop.pgpac"),
            ProjectDirectory = shop.Folder,
            EmbeddedServerDirectory = shop.PathOf("postgres"),
            ReportDirectory = shop.Folder,
        };
}
