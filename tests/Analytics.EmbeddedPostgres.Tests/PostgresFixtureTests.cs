using Analytics.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Analytics.EmbeddedPostgres.Tests;

public sealed class PostgresFixtureTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_belongs_to_dbt_who_is_no_superuser()
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Cancellation);
        var rows = await database.QueryAsync(
            "select current_database(), current_user, usesuper, pg_get_userbyid(datdba) from pg_user, pg_database where usename = current_user and datname = current_database()",
            Cancellation
        );
        Assert.Equal([$"{database.Name}|dbt|False|dbt"], rows);
    }

    [Fact]
    public async Task Databases_made_at_once_do_not_see_each_other()
    {
        var databases = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => postgres.CreateDatabaseAsync(cancellationToken: Cancellation))
        );
        foreach (var database in databases)
            await database.ExecuteAsync($"create table only_here as select '{database.Name}' as name", Cancellation);
        foreach (var database in databases)
        {
            Assert.Equal([database.Name], await database.QueryAsync("select name from only_here", Cancellation));
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_copy_of_a_template_has_its_tables()
    {
        await using var template = await postgres.CreateDatabaseAsync(cancellationToken: Cancellation);
        await template.ExecuteAsync("create table landed as select 42 as answer", Cancellation);
        await using (var pooled = new NpgsqlConnection(template.ConnectionString))
            NpgsqlConnection.ClearPool(pooled);
        await using var copy = await postgres.CreateDatabaseAsync(template.Name, Cancellation);
        Assert.Equal(["42"], await copy.QueryAsync("select answer from landed", Cancellation));
    }

    [Fact]
    public async Task A_disposed_database_is_gone_even_with_connections_open()
    {
        var database = await postgres.CreateDatabaseAsync(cancellationToken: Cancellation);
        await using var open = new NpgsqlConnection(database.ConnectionString);
        await open.OpenAsync(Cancellation);
        await database.DisposeAsync();

        await using var connection = new NpgsqlConnection(postgres.SuperUserConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("select count(*) from pg_database where datname = $1", connection);
        command.Parameters.AddWithValue(database.Name);
        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
    }
}
