using System.Collections.Immutable;
using System.Globalization;
using Analytics.Compiler.Rendering;
using Analytics.Deployment.Applying.Catalog;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Sql;
using Npgsql;

namespace Analytics.Deployment.Applying.Building;

/// <summary>Answers templates over a worker's own connection. A template waits for its answer, so these calls block.</summary>
/// <param name="connection">The connection, idle while templates render.</param>
internal sealed class PostgresWarehouse(NpgsqlConnection connection) : IWarehouse
{
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
        // As text, whatever the type: the driver then needs to know none of them.
        using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        using var reader = command.ExecuteReader();
        var columns = Enumerable
            .Range(0, reader.FieldCount)
            .Select(i => new WarehouseColumn(reader.GetName(i), reader.GetDataTypeName(i)))
            .ToImmutableArray();
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<object?>>();
        while (reader.Read())
        {
            rows.Add([
                .. columns.Select((column, i) => reader.IsDBNull(i) ? null : Native(column.Type, reader.GetString(i))),
            ]);
        }

        return new WarehouseRows(columns, rows.ToImmutable());
    }

    private static object Native(string type, string text) =>
        type switch
        {
            "boolean" => text == "t",
            "smallint" or "integer" or "bigint" => long.Parse(
                text,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture
            ),
            "real" or "double precision" => Number(text),
            _ when type.StartsWith("numeric", StringComparison.Ordinal) => Number(text),
            _ => text,
        };

    private static object Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;
}
