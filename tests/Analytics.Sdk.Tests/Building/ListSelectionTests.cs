using System.Text.Json;
using Analytics.Sdk.Tests.Running;

namespace Analytics.Sdk.Tests.Building;

/// <summary><c>dotnet build -t:ListSelection</c> of a real project; there is no server.</summary>
public sealed class ListSelectionTests(PackedSdk sdk)
{
    [Fact]
    public async Task A_selection_is_listed_in_four_formats_without_a_database()
    {
        var project = Shop();

        Assert.Equal(["Shop.orders", "Shop.totals"], await ListAsync(project, "-p:Select=orders+"));
        Assert.Equal(["totals"], await ListAsync(project, "-p:Select=orders+", "-p:Exclude=orders", "-p:output=name"));
        Assert.Equal(
            ["models/orders.sql", "models/totals.sql"],
            await ListAsync(project, "-p:Select=totals%2c+totals +orders%2ctag:nightly", "-p:output=path")
        );
        Assert.Equal(["Shop.orders"], await ListAsync(project, "-p:Selector=nightly"));
        using var json = JsonDocument.Parse(
            Assert.Single(await ListAsync(project, "-p:Select=totals", "-p:output=json"))
        );
        Assert.Equal("model.Shop.totals", json.RootElement.GetProperty("unique_id").GetString());
        Assert.Equal(
            "model.Shop.orders",
            json.RootElement.GetProperty("depends_on").GetProperty("nodes")[0].GetString()
        );
    }

    [Fact]
    public async Task Other_tools_get_the_nodes_as_a_target_result()
    {
        var result = (
            await Shop().BuildAsync("-t:ListSelection", "-p:Select=totals", "-getTargetResult:ListSelection")
        ).ShouldSucceed();

        using var json = JsonDocument.Parse(result.Output);
        var item = json.RootElement.GetProperty("TargetResults").GetProperty("ListSelection").GetProperty("Items")[0];
        Assert.Equal("model.Shop.totals", item.GetProperty("Identity").GetString());
        Assert.Equal("models/totals.sql", item.GetProperty("Path").GetString());
    }

    [Fact]
    public async Task What_changed_since_an_earlier_build_is_listed()
    {
        var project = Shop();
        (await project.BuildAsync()).ShouldSucceed();
        File.Copy(project.Artifact, project.PathOf("before.pgpac"));
        project.Write("models/totals.sql", "select max(amount) as total from {{ ref('orders') }}\n");

        Assert.Equal(["Shop.totals"], await ListAsync(project, "-p:Select=state:modified", "-p:State=before.pgpac"));
    }

    [Theory]
    [InlineData(
        "-p:Select=ordres",
        true,
        "warning ASQL3010: the selection 'ordres' matches nothing; did you mean 'orders'?"
    )]
    [InlineData("-p:Select=tags:x", false, "error ASQL3017: the selection 'tags:x' makes no sense")]
    [InlineData(
        "-p:Selector=nightli",
        false,
        "error ASQL3015: no selector is named 'nightli'; did you mean 'nightly'?"
    )]
    [InlineData(
        "-p:AnalyticsOutput=xml",
        false,
        "The property output must be one of name, selector, path, json, not 'xml'"
    )]
    public async Task What_is_wrong_is_told(string argument, bool succeeds, string message)
    {
        var result = await Shop().BuildAsync("-t:ListSelection", argument);

        _ = succeeds ? result.ShouldSucceed() : result.ShouldFail();
        Assert.NotEmpty(result.LinesWith(message));
    }

    private TestProject Shop() =>
        TestProject
            .CreateShop(sdk)
            .Write("models/orders.sql", "{{ config(tags='nightly') }} select 1 as id, 9.5 as amount\n")
            .Write("selectors.yml", "selectors: [{name: nightly, definition: 'tag:nightly'}]\n");

    private static async Task<IReadOnlyList<string>> ListAsync(TestProject project, params string[] arguments)
    {
        var result = (await project.BuildAsync(["-t:ListSelection", "-nologo", .. arguments])).ShouldSucceed();
        return
        [
            .. result
                .Output.Split('\n')
                .Select(line => line.Trim())
                .Where(line =>
                    line.Contains("Shop.", StringComparison.Ordinal)
                    || line is "totals"
                    || line.EndsWith(".sql", StringComparison.Ordinal)
                )
                .Where(line =>
                    !line.Contains(".pgpac", StringComparison.Ordinal)
                    && !line.Contains(".sqlproj", StringComparison.Ordinal)
                ),
        ];
    }
}
