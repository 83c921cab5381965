using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Deployment.Applying.Catalog;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Sql;
using Npgsql;

namespace Analytics.Deployment.Applying.Building;

/// <summary>
/// Answers templates over a worker's own connection. A template waits for its answer, so these calls block. What templates
/// run while a relation is built runs in a transaction that cannot write.
/// </summary>
/// <param name="connection">The connection, idle while templates render.</param>
/// <param name="canWrite">Whether templates may change the database, as those of hooks may.</param>
/// <param name="cancellationToken">Cancels a running query.</param>
/// <param name="overlay">What of the catalog looks different while a node is built; null for nothing.</param>
internal sealed class PostgresWarehouse(
    NpgsqlConnection connection,
    bool canWrite,
    CancellationToken cancellationToken,
    CatalogOverlay? overlay = null
) : IWarehouse
{
    // What Npgsql reports when there is no server error, for example a connection that broke.
    private const string NoSqlState = "08006";

    public bool CanWrite => canWrite;

    public string? RelationKind(string schema, string identifier)
    {
        var rows = Query(
            $"""
            select c.relkind::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = {SqlText.Literal(schema)} and c.relname = {SqlText.Literal(identifier)}
            """
        ).Rows;
        return rows.IsEmpty ? null : RelationKindWords.FromLetter(((string)rows[0][0]!)[0]).TemplateName();
    }

    public ImmutableArray<WarehouseColumn> Columns(string schema, string identifier) =>
        [
            .. Query(CatalogQueries.ColumnsOf(schema, identifier))
                .Rows.Select(row => new WarehouseColumn((string)row[0]!, (string)row[1]!)),
        ];

    public WarehouseRows Query(string sql)
    {
        try
        {
            var asked = overlay?.Apply(sql, Execute) ?? sql;
            return canWrite ? Run(asked) : RunReadOnly(asked);
        }
        catch (NpgsqlException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new WarehouseException(ServerMessage.Of(exception), exception.SqlState ?? NoSqlState, exception);
        }
    }

    private WarehouseRows RunReadOnly(string sql)
    {
        Execute("begin read only");
        var ended = false;
        try
        {
            var rows = Run(sql);
            Execute("commit");
            ended = true;
            return rows;
        }
        finally
        {
            if (!ended && connection.FullState.HasFlag(System.Data.ConnectionState.Open))
            {
                Execute("rollback");
            }
        }
    }

    private void Execute(string statement)
    {
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }

    private WarehouseRows Run(string sql)
    {
        // As text, whatever the type: the driver then needs to know none of them.
        using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        using var cancellation = cancellationToken.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        var columns = Enumerable
            .Range(0, reader.FieldCount)
            .Select(i => new WarehouseColumn(reader.GetName(i), reader.GetDataTypeName(i)))
            .ToImmutableArray();
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<object?>>();
        while (reader.Read())
        {
            rows.Add([
                .. columns.Select(
                    (column, i) => reader.IsDBNull(i) ? null : ServerValue.Read(column.Type, reader.GetString(i))
                ),
            ]);
        }

        // What follows the first result is run to its end: an error in it is an error.
        while (reader.NextResult()) { }

        return new WarehouseRows(columns, rows.ToImmutable())
        {
            Command = columns.IsEmpty ? FirstWord(sql) : "SELECT",
            RowsAffected = columns.IsEmpty ? reader.RecordsAffected : rows.Count,
        };
    }

    private static string FirstWord(string sql)
    {
        var text = sql.AsSpan().TrimStart();
        var length = text.IndexOfAnyExceptInRange('A', 'z');
        return (length < 0 ? text : text[..length]).ToString().ToUpperInvariant();
    }
}
