using System.Collections.Immutable;

namespace Analytics.Compiler.Rendering;

/// <summary>What templates may ask of the database while they render. At build there is none.</summary>
public interface IWarehouse
{
    /// <summary>The relation's kind (<c>table</c>, <c>view</c>, <c>materialized_view</c>, <c>foreign_table</c>), or null when there is none.</summary>
    string? RelationKind(string schema, string identifier);

    /// <summary>The relation's columns in their order; empty when there is no such relation.</summary>
    ImmutableArray<WarehouseColumn> Columns(string schema, string identifier);

    /// <summary>Runs a query.</summary>
    /// <param name="sql">One statement.</param>
    /// <returns>Its rows; a statement that returns none gives no columns and no rows.</returns>
    WarehouseRows Query(string sql);
}

/// <summary>A column of a relation.</summary>
/// <param name="Name">Its name, case kept.</param>
/// <param name="Type">Its type as <c>format_type</c> writes it, for example <c>character varying(10)</c>.</param>
public sealed record WarehouseColumn(string Name, string Type);

/// <summary>The rows of a query.</summary>
/// <param name="Columns">Names and types of the columns.</param>
/// <param name="Rows">Values as templates know them: null, bool, long, double, string, decimal as double, times as text.</param>
public sealed record WarehouseRows(
    ImmutableArray<WarehouseColumn> Columns,
    ImmutableArray<ImmutableArray<object?>> Rows
);

/// <summary>No database: nothing exists, and a query returns nothing.</summary>
public sealed class NoWarehouse : IWarehouse
{
    /// <summary>The only instance.</summary>
    public static NoWarehouse Instance { get; } = new();

    private NoWarehouse() { }

    /// <inheritdoc />
    public string? RelationKind(string schema, string identifier) => null;

    /// <inheritdoc />
    public ImmutableArray<WarehouseColumn> Columns(string schema, string identifier) => [];

    /// <inheritdoc />
    public WarehouseRows Query(string sql) => new([], []);
}
