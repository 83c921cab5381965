using System.Text.Json;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Reporting;

public sealed class RunResultsTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_results_have_the_shape_of_dbt_s_version_6()
    {
        await using var shop = await Storefront.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as v"),
            ("models/b.sql", "select v from {{ ref('a') }}"),
            ("tests/red.sql", "select * from {{ ref('a') }}"),
            ("seeds/s.csv", "x\n1\n")
        );
        var report = await shop.TryPublishAsync(change: request =>
            request with
            {
                Selection = new() { Select = "a+ s" },
            }
        );

        Assert.False(report.Succeeded);
        using var document = JsonDocument.Parse(
            await File.ReadAllBytesAsync(shop.PathOf("dev/run_results.json"), Token)
        );
        var root = document.RootElement;
        Assert.Equal(["metadata", "results", "elapsed_time", "args"], Keys(root));
        Assert.Equal(
            "https://schemas.getdbt.com/dbt/run-results/v6.json",
            root.GetProperty("metadata").GetProperty("dbt_schema_version").GetString()
        );
        var results = root.GetProperty("results")
            .EnumerateArray()
            .ToDictionary(result => result.GetProperty("unique_id").GetString()!);
        foreach (var result in results.Values)
        {
            Assert.Equal(
                [
                    "status",
                    "timing",
                    "thread_id",
                    "execution_time",
                    "adapter_response",
                    "message",
                    "failures",
                    "unique_id",
                    "compiled",
                    "compiled_code",
                    "relation_name",
                ],
                Keys(result)
            );
        }

        string Status(string id) => results[id].GetProperty("status").GetString()!;
        Assert.Equal(
            ["skipped", "fail", "skipped", "skipped"],
            new[] { "model.shop.a", "test.shop.red", "model.shop.b", "seed.shop.s" }.Select(Status)
        );
        Assert.Equal(1, results["test.shop.red"].GetProperty("failures").GetInt32());
        Assert.Equal(JsonValueKind.Null, results["model.shop.a"].GetProperty("failures").ValueKind);
        Assert.Equal(
            "built, but not published: the publish did not succeed",
            results["model.shop.a"].GetProperty("message").GetString()
        );
        Assert.Empty(results["model.shop.a"].GetProperty("adapter_response").EnumerateObject());

        // Names as they will be, not as they were while it was built.
        Assert.Contains(
            $"\"{shop.Database.Name}\".\"dev\".\"a\"",
            results["test.shop.red"].GetProperty("compiled_code").GetString()
        );
        Assert.Equal(
            $"\"{shop.Database.Name}\".\"dev\".\"a\"",
            results["model.shop.a"].GetProperty("relation_name").GetString()
        );
    }

    [Fact]
    public async Task Run_results_of_a_green_publish_say_so()
    {
        await using var shop = await Storefront.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as v")
        );

        await shop.PublishAsync();

        using var document = JsonDocument.Parse(
            await File.ReadAllBytesAsync(shop.PathOf("dev/run_results.json"), Token)
        );
        var result = Assert.Single(document.RootElement.GetProperty("results").EnumerateArray());
        Assert.Equal("success", result.GetProperty("status").GetString());
        Assert.Equal(1, result.GetProperty("adapter_response").GetProperty("rows_affected").GetInt32());
    }

    private static IEnumerable<string> Keys(JsonElement element) =>
        element.EnumerateObject().Select(property => property.Name);
}
