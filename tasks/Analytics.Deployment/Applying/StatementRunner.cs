using System.Collections.Immutable;
using System.Data;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying.Catalog;
using Npgsql;

namespace Analytics.Deployment.Applying;

/// <summary>Sends statements over one connection.</summary>
/// <param name="connection">An open connection that nobody else uses meanwhile.</param>
internal sealed class StatementRunner(NpgsqlConnection connection)
{
    /// <summary>The connection.</summary>
    public NpgsqlConnection Connection => connection;

    /// <summary>Runs statements in one round trip and, outside a transaction, all or none.</summary>
    /// <returns>The rows each of them wrote; 0 where that means nothing.</returns>
    /// <exception cref="StatementException">The server refused one.</exception>
    public async Task<ImmutableArray<long>> ExecuteAsync(
        IReadOnlyList<Statement> statements,
        CancellationToken cancellationToken
    )
    {
        if (statements.Count == 0)
        {
            return [];
        }

        await using var batch = Batch(statements);
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            throw Wrap(exception, batch, statements);
        }

        return [.. batch.BatchCommands.Cast<NpgsqlBatchCommand>().Select(command => (long)command.Rows)];
    }

    /// <summary>Runs one statement.</summary>
    /// <returns>The rows it wrote.</returns>
    /// <exception cref="StatementException">The server refused it.</exception>
    public async Task<long> ExecuteAsync(string statement, CancellationToken cancellationToken) =>
        (await ExecuteAsync([new Statement(statement)], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Runs a text of one statement or several; outside a transaction each by itself.</summary>
    /// <exception cref="StatementException">The server refused one.</exception>
    public async Task ExecuteScriptAsync(string script, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(script, connection);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            throw new StatementException(exception, new Statement(script));
        }
    }

    /// <summary>Runs a query.</summary>
    /// <returns>Its rows, values as the driver gives them, NULL as null.</returns>
    /// <exception cref="StatementException">The server refused it.</exception>
    public async Task<ImmutableArray<ImmutableArray<object?>>> QueryAsync(
        Statement statement,
        CancellationToken cancellationToken
    )
    {
        await using var batch = Batch([statement]);
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            var rows = ImmutableArray.CreateBuilder<ImmutableArray<object?>>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add([
                    .. Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i)),
                ]);
            }

            return rows.ToImmutable();
        }
        catch (PostgresException exception)
        {
            throw Wrap(exception, batch, [statement]);
        }
    }

    /// <summary>The columns that a query gives; the query is not run.</summary>
    /// <returns>Names and types, in order. A type is written as <c>format_type</c> does.</returns>
    /// <exception cref="StatementException">The server refused it.</exception>
    public async Task<ImmutableArray<WarehouseColumn>> DescribeAsync(
        Statement statement,
        CancellationToken cancellationToken
    )
    {
        await using var batch = Batch([statement]);
        try
        {
            await using var reader = await batch
                .ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken)
                .ConfigureAwait(false);
            return
            [
                .. Enumerable
                    .Range(0, reader.FieldCount)
                    .Select(i => new WarehouseColumn(reader.GetName(i), reader.GetDataTypeName(i))),
            ];
        }
        catch (PostgresException exception)
        {
            throw Wrap(exception, batch, [statement]);
        }
    }

    /// <summary>The columns of a relation, in order.</summary>
    public async Task<ImmutableArray<WarehouseColumn>> ColumnsAsync(
        RelationName relation,
        CancellationToken cancellationToken
    )
    {
        var rows = await QueryAsync(
                new Statement(CatalogQueries.ColumnsOf(relation.Schema, relation.Identifier)),
                cancellationToken
            )
            .ConfigureAwait(false);
        return [.. rows.Select(row => new WarehouseColumn((string)row[0]!, (string)row[1]!))];
    }

    // A batch of commands without parameters is sent as it is: positions in errors are those of our text.
    private NpgsqlBatch Batch(IReadOnlyList<Statement> statements)
    {
        var batch = connection.CreateBatch();
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement.Text));
        }

        return batch;
    }

    private static StatementException Wrap(
        PostgresException exception,
        NpgsqlBatch batch,
        IReadOnlyList<Statement> statements
    )
    {
        var index = exception.BatchCommand is NpgsqlBatchCommand command ? batch.BatchCommands.IndexOf(command) : 0;
        return new StatementException(exception, statements[Math.Max(0, index)]);
    }
}
