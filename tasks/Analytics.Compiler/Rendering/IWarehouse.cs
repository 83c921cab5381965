using System.Collections.Immutable;

namespace Analytics.Compiler.Rendering;

/// <summary>What templates may ask of the database while they render. At build there is none.</summary>
/// <remarks>Every member throws <see cref="WarehouseException"/> for what the server refuses or a broken connection.</remarks>
public interface IWarehouse
{
    /// <summary>
    /// Whether what a template runs may change the database. Where it may not, the server refuses a change: a publish that
    /// fails must leave everything as it was.
    /// </summary>
    bool CanWrite { get; }

    /// <summary>The relation's kind (<c>table</c>, <c>view</c>, <c>materialized_view</c>, <c>foreign_table</c>), or null when there is none.</summary>
    string? RelationKind(string schema, string identifier);

    /// <summary>The relation's columns in their order; empty when there is no such relation.</summary>
    ImmutableArray<WarehouseColumn> Columns(string schema, string identifier);

    /// <summary>Runs a query.</summary>
    /// <param name="sql">SQL as a template wrote it.</param>
    /// <returns>Its rows; a statement that returns none gives no columns and no rows.</returns>
    WarehouseRows Query(string sql);
}

/// <summary>A column of a relation.</summary>
/// <param name="Name">Its name, case kept.</param>
/// <param name="Type">Its type as <c>format_type</c> writes it, for example <c>character varying(10)</c>.</param>
public sealed record WarehouseColumn(string Name, string Type);

/// <summary>The rows of a query.</summary>
/// <param name="Columns">Names and types of the columns.</param>
/// <param name="Rows">
/// Null, bool, long, <see cref="System.Numerics.BigInteger"/>, double, string, <see cref="DateOnly"/>, <see cref="DateTime"/>
/// (no zone) or <see cref="DateTimeOffset"/> (UTC). A whole <c>numeric</c> is an integer; another one is a double where that
/// is the same number, else its text, so that no digit is lost. Every other type is its text.
/// </param>
public sealed record WarehouseRows(
    ImmutableArray<WarehouseColumn> Columns,
    ImmutableArray<ImmutableArray<object?>> Rows
)
{
    /// <summary>What the server says it did, for example <c>SELECT</c>; empty when there was no statement.</summary>
    public string Command { get; init; } = string.Empty;

    /// <summary>The rows returned or changed; -1 where a statement has no such number.</summary>
    public long RowsAffected { get; init; } = -1;
}

/// <summary>The server refused a template's query, or could not be asked.</summary>
/// <param name="message">What the server said, in one line.</param>
/// <param name="sqlState">The five characters of the error.</param>
/// <param name="inner">What the driver threw.</param>
public sealed class WarehouseException(string message, string sqlState, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The five characters of the error, for example <c>42P01</c>.</summary>
    public string SqlState => sqlState;
}

/// <summary>No database: nothing exists, and a query returns nothing.</summary>
public sealed class NoWarehouse : IWarehouse
{
    /// <summary>The only instance.</summary>
    public static NoWarehouse Instance { get; } = new();

    private NoWarehouse() { }

    /// <inheritdoc />
    public bool CanWrite => false;

    /// <inheritdoc />
    public string? RelationKind(string schema, string identifier) => null;

    /// <inheritdoc />
    public ImmutableArray<WarehouseColumn> Columns(string schema, string identifier) => [];

    /// <inheritdoc />
    public WarehouseRows Query(string sql) => new([], []);
}
