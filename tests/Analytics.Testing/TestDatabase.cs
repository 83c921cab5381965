using System.Globalization;
using Npgsql;

namespace Analytics.Testing;

/// <summary>A database of one test class, dropped on dispose, connections and all.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder owner;
    private readonly NpgsqlConnectionStringBuilder superUser;

    internal TestDatabase(string name, NpgsqlConnectionStringBuilder owner, NpgsqlConnectionStringBuilder superUser)
    {
        Name = name;
        this.owner = owner;
        this.superUser = superUser;
        owner.Database = name;
    }

    /// <summary>The database's name.</summary>
    public string Name { get; }

    /// <summary>Connects as <c>dbt</c>, the owner of the database, who is not a superuser.</summary>
    public string ConnectionString => owner.ConnectionString;

    /// <summary>Connects to this database as the superuser.</summary>
    public string SuperUserConnectionString =>
        new NpgsqlConnectionStringBuilder(superUser.ConnectionString) { Database = Name }.ConnectionString;

    /// <summary>
    /// libpq's environment variables for a program that is to connect as <c>dbt</c>: PGHOST, PGPORT, PGDATABASE, PGUSER, and
    /// PGPASSFILE or PGPASSWORD.
    /// </summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables
    {
        get
        {
            var variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PGHOST"] = owner.Host!,
                ["PGPORT"] = owner.Port.ToString(CultureInfo.InvariantCulture),
                ["PGDATABASE"] = Name,
                ["PGUSER"] = owner.Username!,
            };
            if (owner.Passfile is { Length: > 0 } passFile)
                variables["PGPASSFILE"] = passFile;
            else
                variables["PGPASSWORD"] = owner.Password!;
            return variables;
        }
    }

    /// <summary>Runs statements as <c>dbt</c>, for the arrangement of a test.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The rows of a query as text, for an assertion: columns joined by <c>|</c>, null as nothing.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var fields = Enumerable
                .Range(0, reader.FieldCount)
                .Select(field => Convert.ToString(reader.GetValue(field), CultureInfo.InvariantCulture));
            rows.Add(string.Join('|', fields));
        }

        return rows;
    }

    /// <summary>Drops the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pooled);
        await using (var pooled = new NpgsqlConnection(SuperUserConnectionString))
            NpgsqlConnection.ClearPool(pooled);
        await using var connection = new NpgsqlConnection(superUser.ConnectionString);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"drop database if exists \"{Name}\" with (force)", connection);
        await drop.ExecuteNonQueryAsync();
    }
}
