using Analytics.Deployment.Diagnosing;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Diagnosing;

public sealed class TargetDiagnosisTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_target_that_answers_says_what_it_is()
    {
        await using var shop = await Storefront.OpenAsync(postgres, ("models/a.sql", "select 1 as n"));

        var before = await LookAsync(shop);
        await shop.PublishAsync();
        var after = await LookAsync(shop);

        Assert.True(before.Succeeded);
        Assert.Equal("shop, 1 nodes", Fact(before, "project"));
        Assert.Equal("dev", Fact(before, "target"));
        Assert.EndsWith($"/{shop.Database.Name}", Fact(before, "server"));
        Assert.Equal((await shop.QueryAsync("show server_version"))[0], Fact(before, "server version"));
        Assert.Equal("none", Fact(before, "encryption"));
        Assert.Equal((await shop.QueryAsync("select current_user"))[0], Fact(before, "role"));
        Assert.Equal("dev, which a publish will create", Fact(before, "schema"));
        Assert.Equal("dev", Fact(after, "schema"));
    }

    [Fact]
    public async Task A_role_that_cannot_create_schemas_is_warned_of()
    {
        await using var shop = await Storefront.OpenAsync(postgres, ("models/a.sql", "select 1 as n"));
        await shop.ExecuteAsync($"revoke create on database \"{shop.Database.Name}\" from current_user");

        var report = await LookAsync(shop);

        Assert.True(report.Succeeded);
        Assert.Equal("no", Fact(report, "may create schemas"));
        var role = Fact(report, "role");
        Assert.Equal(
            $"warning ASQL6034: role '{role}' may not create schemas in the database of target 'dev', but a publish builds in schemas of its own: grant create on database \"{shop.Database.Name}\" to \"{role}\"",
            Assert.Single(shop.Observer.Diagnostics).ToString()
        );
    }

    private static string Fact(DiagnosisReport report, string name) =>
        report.Facts.Single(fact => fact.Name == name).Value;

    private static Task<DiagnosisReport> LookAsync(Storefront shop) =>
        TargetDiagnosis.RunAsync(
            new DiagnosisRequest
            {
                ArtifactPath = shop.Build(),
                ProjectDirectory = shop.Folder,
                EmbeddedServerDirectory = Path.Combine(shop.Folder, "postgres"),
            },
            shop.Listen(),
            Token
        );
}
