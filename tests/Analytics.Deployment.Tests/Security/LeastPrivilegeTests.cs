using Analytics.Deployment.Tests.Faults;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Security;

/// <summary>What docs/least-privilege.md grants is enough, and what it does not grant is not needed.</summary>
public sealed class LeastPrivilegeTests(PostgresFixture postgres)
{
    private const string Role = "lean_publisher";

    [Fact]
    public async Task A_role_that_owns_its_schemas_and_may_create_none_publishes()
    {
        await using var store = await OpenAsync(
            "create schema dev authorization {0}; create schema dev__next authorization {0}; create schema dev__state authorization {0}"
        );
        try
        {
            var warehouse = new NumberedWarehouse(store.Database, "dev");
            for (var number = 0; number < 3; number++)
            {
                store.Write(NumberedWarehouse.Project(number));
                await store.PublishAsync();
                Assert.Equal([$"{number}"], await store.QueryAsSuperUserAsync("select max(n)::text from dev.grows"));
                Assert.Equal(["0"], await StagedAsync(store));
            }

            // A red one, and what a killed one leaves.
            store.Write(NumberedWarehouse.Project(3, isRed: true));
            Assert.False((await store.TryPublishAsync()).Succeeded);
            Assert.Equal(["0"], await StagedAsync(store));
            using (var publisher = PublisherProcess.Start(store.Build(), store.PathOf("."), store.PathOf("dev")))
            {
                await publisher.ConnectedAsync();
                publisher.Kill();
                await publisher.EndAsync();
            }

            store.Write(NumberedWarehouse.Project(4));
            await store.PublishAsync();
            Assert.Equal(["4"], await store.QueryAsSuperUserAsync("select max(n)::text from dev.grows"));
            Assert.Equal(["0"], await StagedAsync(store));
            Assert.Equal(["dev", "dev__next", "dev__state"], await warehouse.SchemasAsync());
        }
        finally
        {
            await CloseAsync(store);
        }
    }

    [Fact]
    public async Task A_role_that_may_create_schemas_needs_nothing_else()
    {
        await using var store = await OpenAsync("grant create on database {1} to {0}");
        try
        {
            store.Write(NumberedWarehouse.Project(0));
            await store.PublishAsync();
            store.Write(NumberedWarehouse.Project(1));
            await store.PublishAsync();
            Assert.Equal(["1"], await store.QueryAsSuperUserAsync("select n::text from dev.kept"));
        }
        finally
        {
            await CloseAsync(store);
        }
    }

    [Fact]
    public async Task A_role_that_may_create_none_is_told_what_to_grant()
    {
        await using var store = await OpenAsync("create schema dev authorization {0}");
        try
        {
            store.Write(NumberedWarehouse.Project(0));

            Assert.False((await store.TryPublishAsync()).Succeeded);

            var error = Assert.Single(store.Observer.Errors);
            Assert.Contains("ASQL6036", error);
            Assert.Contains("dev__next, dev__state are missing", error);
            Assert.Contains($"grant create on database \"{store.Database.Name}\" to \"{Role}\"", error);
            Assert.Contains($"create schema \"dev__next\" authorization \"{Role}\"", error);
        }
        finally
        {
            await CloseAsync(store);
        }
    }

    [Fact]
    public async Task A_schema_in_which_somebody_has_something_is_not_taken()
    {
        await using var store = await OpenAsync(
            "create schema dev authorization {0}; create schema dev__next authorization {0}; create schema dev__state authorization {0}; create table dev__next.theirs (v int)"
        );
        try
        {
            store.Write(NumberedWarehouse.Project(0));

            Assert.False((await store.TryPublishAsync()).Succeeded);

            Assert.Contains("ASQL6011", Assert.Single(store.Observer.Errors));
            Assert.Equal(["1"], await StagedAsync(store));
        }
        finally
        {
            await CloseAsync(store);
        }
    }

    private async Task<Storefront> OpenAsync(string grants)
    {
        var store = await Storefront.OpenAsync(postgres);
        await store.AsSuperUserAsync($"create role {Role} login password 'lean'");
        await store.AsSuperUserAsync(string.Format(grants, Role, $"\"{store.Database.Name}\""));
        store.Profile("user: '[^']*', password: '[^']*'", $"user: {Role}, password: lean");
        return store;
    }

    private static Task<IReadOnlyList<string>> StagedAsync(Storefront store) =>
        store.QueryAsync(
            "select count(*)::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'dev__next'"
        );

    private static async Task CloseAsync(Storefront store) =>
        await store.AsSuperUserAsync($"drop owned by {Role} cascade; drop role {Role}");
}
