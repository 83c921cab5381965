using System.Text.Json;
using Analytics.Deployment.Cataloguing;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Cataloguing;

public sealed class CatalogGenerationTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_database_has_of_the_project_is_written_with_types_comments_and_owners()
    {
        await using var shop = await Storefront.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as n, 'x'::varchar(10) as t"),
            ("models/b.sql", "select n from {{ ref('a') }}"),
            ("models/m.sql", "{{ config(materialized='materialized_view') }} select n from {{ ref('a') }}"),
            ("models/e.sql", "{{ config(materialized='ephemeral') }} select 1 as n"),
            ("models/absent.sql", "{{ config(schema='elsewhere') }} select 1 as n"),
            ("seeds/s.csv", "x\n1\n"),
            ("models/sources.yml", "sources: [{name: raw, schema: public, tables: [{name: orders}, {name: gone}]}]")
        );
        await shop.ExecuteAsync(
            "create table public.orders (gone int, id int not null); alter table public.orders drop column gone"
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            "comment on table dev.a is 'numbers'; comment on column dev.a.t is 'a text'; drop view dev_elsewhere.absent"
        );

        var report = await CatalogGeneration.RunAsync(
            new CatalogRequest
            {
                ArtifactPath = shop.Build(),
                ProjectDirectory = shop.Folder,
                EmbeddedServerDirectory = Path.Combine(shop.Folder, "postgres"),
                ReportDirectory = shop.Folder,
            },
            shop.Listen(),
            Token
        );

        Assert.Equal((4, 1, 2), (report.Nodes, report.Sources, report.Missing));
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(report.File!, Token));
        var root = json.RootElement;
        Assert.Equal(["metadata", "nodes", "sources", "errors"], Keys(root));
        var nodes = root.GetProperty("nodes");
        Assert.Equal(["model.shop.a", "model.shop.b", "model.shop.m", "seed.shop.s"], Keys(nodes));
        Assert.Equal(
            ["BASE TABLE", "VIEW", "MATERIALIZED VIEW", "BASE TABLE"],
            nodes.EnumerateObject().Select(node => node.Value.GetProperty("metadata").GetProperty("type").GetString())
        );
        var a = nodes.GetProperty("model.shop.a");
        var owner = (await shop.QueryAsync("select current_user"))[0];
        Assert.Equal(
            $$$$"""{"metadata":{"type":"BASE TABLE","schema":"dev","name":"a","database":"{{{{shop.Database.Name}}}}","comment":"numbers","owner":"{{{{owner}}}}"},"columns":{"n":{"type":"integer","index":1,"name":"n","comment":null},"t":{"type":"character varying(10)","index":2,"name":"t","comment":"a text"}},"stats":{"has_stats":{"id":"has_stats","label":"Has Stats?","value":false,"include":false,"description":"Indicates whether there are statistics for this table"}},"unique_id":"model.shop.a"}""",
            JsonSerializer.Serialize(a)
        );
        Assert.Equal(
            "{\"id\":{\"type\":\"integer\",\"index\":2,\"name\":\"id\",\"comment\":null}}",
            JsonSerializer.Serialize(
                root.GetProperty("sources").GetProperty("source.shop.raw.orders").GetProperty("columns")
            )
        );
    }

    private static IEnumerable<string> Keys(JsonElement element) =>
        element.EnumerateObject().Select(property => property.Name);
}
