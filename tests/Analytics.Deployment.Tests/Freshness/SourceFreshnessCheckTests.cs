using System.Text.Json;
using Analytics.Deployment.Freshness;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Freshness;

public sealed class SourceFreshnessCheckTests(PostgresFixture postgres)
{
    private const string Sources = """
        sources:
          - name: raw
            config:
              loaded_at_field: loaded_at
              freshness:
                warn_after: {count: 1, period: hour}
                error_after: {count: 1, period: day}
                filter: "id < {{ 10 * 10 }}"
            tables:
              - name: fresh
              - name: late
              - name: stale
              - name: empty
              - name: ignored
                config: {freshness: null}
              - name: asked
                config:
                  loaded_at_query: "select min(loaded_at) from {{ this }};"
              - name: naive
                config: {loaded_at_field: "loaded_at::timestamp"}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_source_with_limits_is_judged_and_reported_at_its_line()
    {
        await using var shop = await OpenAsync();

        var report = await CheckAsync(shop);

        Assert.False(report.Succeeded);
        Assert.Equal(
            [
                ("raw.asked", FreshnessStatus.Error),
                ("raw.empty", FreshnessStatus.Error),
                ("raw.fresh", FreshnessStatus.Pass),
                ("raw.late", FreshnessStatus.Warn),
                ("raw.naive", FreshnessStatus.Pass),
                ("raw.stale", FreshnessStatus.Error),
            ],
            report.Results.Select(result => (result.Name, result.Status))
        );
        Assert.Equal(
            [
                "models/sources.yml(16,15,16,20): error ASQL6027: the newest row of source 'raw.asked' is 3 days old, and error_after is 1 day",
                "models/sources.yml(13,15,13,20): error ASQL6027: source 'raw.empty' has no rows, and error_after is 1 day",
                "models/sources.yml(11,15,11,19): warning ASQL6028: the newest row of source 'raw.late' is 3 hours old, and warn_after is 1 hour",
                "models/sources.yml(12,15,12,20): error ASQL6027: the newest row of source 'raw.stale' is 2 days old, and error_after is 1 day",
            ],
            shop.Observer.Diagnostics.Select(found => Rounded(found.ToString()))
        );
        Assert.Contains(shop.Observer.Messages, line => line.Contains("PASS  raw.fresh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_warning_alone_is_a_success()
    {
        await using var shop = await OpenAsync();

        var report = await CheckAsync(shop, "source:raw.late source:raw.fresh source:raw.ignored");

        Assert.True(report.Succeeded);
        Assert.Equal(["raw.fresh", "raw.late"], report.Results.Select(result => result.Name));
    }

    [Fact]
    public async Task What_cannot_be_measured_is_a_runtime_error_that_says_why()
    {
        await using var shop = await OpenAsync();
        shop.Write(
            (
                "models/sources.yml",
                """
                sources:
                  - name: raw
                    config: {freshness: {error_after: {count: 1, period: day}}}
                    tables:
                      - name: fresh
                      - name: late
                        config: {loaded_at_field: happened_at}
                      - name: stale
                        config: {loaded_at_query: "select loaded_at from {{ this }}"}
                      - name: empty
                        config: {loaded_at_query: "{{ nothing() }}"}
                      - name: gone
                        config: {loaded_at_field: id}
                """
            )
        );

        var report = await CheckAsync(shop);

        Assert.All(report.Results, result => Assert.Equal(FreshnessStatus.RuntimeError, result.Status));
        Assert.Equal(
            [
                "'nothing' is undefined",
                "it has no 'loaded_at_field' and no 'loaded_at_query', and PostgreSQL does not keep when a table was last written",
                "relation \"raw.gone\" does not exist (SQLSTATE 42P01)",
                "column \"happened_at\" does not exist (SQLSTATE 42703)",
                "more than one row returned by a subquery used as an expression (SQLSTATE 21000)",
            ],
            report.Results.Select(result => result.Error)
        );
        Assert.All(shop.Observer.Diagnostics, found => Assert.Equal("ASQL6029", found.Id));
    }

    [Fact]
    public async Task Sources_json_has_the_shape_of_dbt_s_version_3()
    {
        await using var shop = await OpenAsync();
        await shop.ExecuteAsync("drop table raw.naive");
        await CheckAsync(shop, "source:raw.late source:raw.naive");

        using var json = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(shop.Folder, "sources.json"), Token)
        );

        Assert.Equal(["metadata", "results", "elapsed_time"], Keys(json.RootElement));
        Assert.Equal(
            "https://schemas.getdbt.com/dbt/sources/v3.json",
            json.RootElement.GetProperty("metadata").GetProperty("dbt_schema_version").GetString()
        );
        var results = json.RootElement.GetProperty("results");
        var (late, naive) = (results[0], results[1]);
        Assert.Equal(
            [
                "unique_id",
                "max_loaded_at",
                "snapshotted_at",
                "max_loaded_at_time_ago_in_s",
                "status",
                "criteria",
                "adapter_response",
                "timing",
                "thread_id",
                "execution_time",
            ],
            Keys(late)
        );
        Assert.InRange(late.GetProperty("max_loaded_at_time_ago_in_s").GetDouble(), 3 * 3600, (3 * 3600) + 600);
        Assert.Equal(
            "{\"warn_after\":{\"count\":1,\"period\":\"hour\"},\"error_after\":{\"count\":1,\"period\":\"day\"},\"filter\":\"id \\u003C 100\"}",
            JsonSerializer.Serialize(late.GetProperty("criteria"))
        );
        Assert.Equal(["unique_id", "error", "status"], Keys(naive));
        Assert.Equal("runtime error", naive.GetProperty("status").GetString());
    }

    // The row of id 100 is of now; the filter keeps it out.
    private async Task<Storefront> OpenAsync()
    {
        var shop = await Storefront.OpenAsync(postgres, ("models/sources.yml", Sources));
        await shop.ExecuteAsync("create schema raw");
        foreach (var (table, hours) in new[] { ("fresh", 0), ("late", 3), ("stale", 49), ("asked", 73), ("naive", 0) })
        {
            await shop.ExecuteAsync(
                $"create table raw.{table} as select id, now() at time zone 'utc' at time zone 'utc' - interval '{hours} h' * (id < 100)::int as loaded_at from (values (1), (100)) v (id)"
            );
        }

        await shop.ExecuteAsync("create table raw.empty (id int, loaded_at timestamptz)");
        return shop;
    }

    private static Task<FreshnessReport> CheckAsync(Storefront shop, string select = "") =>
        SourceFreshnessCheck.RunAsync(
            new FreshnessRequest
            {
                ArtifactPath = shop.Build(),
                ProjectDirectory = shop.Folder,
                EmbeddedServerDirectory = Path.Combine(shop.Folder, "postgres"),
                ReportDirectory = shop.Folder,
                Selection = new SelectionRequest { Select = select },
            },
            shop.Listen(),
            Token
        );

    // The smaller unit of an age is how long the test took.
    private static string Rounded(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, @"(\d (?:days|hours)) \d+ \w+ old", "$1 old");

    private static IEnumerable<string> Keys(JsonElement element) =>
        element.EnumerateObject().Select(property => property.Name);
}
