using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Applying.Building;
using Analytics.Text;
using Npgsql;

namespace Analytics.Deployment.Showing;

/// <summary>
/// A query whose first rows are wanted. It runs as it is, behind a cursor: what is put around a query to limit it would change what it may
/// say, and the server plans for the first rows of a cursor.
/// </summary>
internal sealed class ShownSql
{
    private const string Cursor = "analytics_show";

    private readonly Statement statement;

    private ShownSql(Statement statement) => this.statement = statement;

    /// <summary>An author's query.</summary>
    public static ShownSql Of(RenderedSql sql) =>
        new(Statement.Around($"declare {Cursor} no scroll cursor for\n", sql, string.Empty));

    /// <summary>All of a relation.</summary>
    public static ShownSql Of(RelationName relation) =>
        new(new Statement($"declare {Cursor} no scroll cursor for select * from {relation.ToSql()}"));

    /// <summary>Runs the query in a transaction that is rolled back.</summary>
    /// <param name="connection">An open connection outside of a transaction.</param>
    /// <param name="limit">How many rows at most; null for all.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="ShownSqlException">The server refused it.</exception>
    public async Task<WarehouseRows> FetchAsync(
        NpgsqlConnection connection,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using var declare = new NpgsqlCommand(statement.Text, connection, transaction);
            await declare.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return await RowsAsync(connection, transaction, limit, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ShownSqlException(exception, statement.Locate(exception));
        }
    }

    private static async Task<WarehouseRows> RowsAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var count = limit is { } most ? FormattableString.Invariant($"forward {most}") : "all";
        await using var fetch = new NpgsqlCommand($"fetch {count} from {Cursor}", connection, transaction)
        {
            // As text, whatever the type: the driver then needs to know none of them.
            AllResultTypesAreUnknown = true,
        };
        await using var reader = await fetch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var columns = Enumerable
            .Range(0, reader.FieldCount)
            .Select(i => new WarehouseColumn(reader.GetName(i), reader.GetDataTypeName(i)))
            .ToImmutableArray();
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<object?>>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add([
                .. columns.Select(
                    (column, i) => reader.IsDBNull(i) ? null : ServerValue.Read(column.Type, reader.GetString(i))
                ),
            ]);
        }

        return new WarehouseRows(columns, rows.ToImmutable());
    }
}

/// <summary>The server refused a query that should be shown.</summary>
internal sealed class ShownSqlException(
    PostgresException error,
    (SourceSpan Span, ImmutableArray<RelatedLocation> Related)? place
) : Exception(ServerMessage.Of(error), error)
{
    /// <summary>The five characters of the error.</summary>
    public string SqlState => error.SqlState;

    /// <summary>Where the author wrote it; null when the server does not say.</summary>
    public SourceSpan? Span => place?.Span;

    /// <summary>The macros between.</summary>
    public ImmutableArray<RelatedLocation> Related => place?.Related ?? [];
}
