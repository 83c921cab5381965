using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>The rows of <c>run_query</c>, in the shape of an agate table.</summary>
internal sealed class TableValue(WarehouseRows rows) : IHostSequence
{
    private readonly PyList rowValues = new(rows.Rows.Select(row => (object?)new RowValue(rows.Columns, row)));

    public string TypeName => "Table";

    public int Count => rows.Rows.Length;

    public IEnumerable<object?> Items() => rowValues;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "rows" => rowValues,
            "columns" => new TableColumns(rows),
            "column_names" => new PyTuple(rows.Columns.Select(column => (object?)column.Name)),
            _ => null,
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        var found = key is long index && index >= 0 && index < rowValues.Count;
        value = found ? rowValues[(int)(long)key!] : null;
        return found;
    }

    public string AsText() => $"<Table of {Count} rows>";
}
