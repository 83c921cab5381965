using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>The columns of a query's rows: <c>columns[0].values()</c>.</summary>
internal sealed class TableColumns(WarehouseRows rows) : IHostSequence
{
    public string TypeName => "Columns";

    public int Count => rows.Columns.Length;

    public IEnumerable<object?> Items() => Enumerable.Range(0, Count).Select(index => (object?)new Column(rows, index));

    public bool TryGetAttribute(string name, out object? value) => TryGetItem(name, out value);

    public bool TryGetItem(object? key, out object? value)
    {
        var index = key switch
        {
            long place => (int)(place < 0 ? place + Count : place),
            string name => rows.Columns.ToList().FindIndex(column => column.Name == name),
            _ => -1,
        };
        var found = index >= 0 && index < Count;
        value = found ? new Column(rows, index) : null;
        return found;
    }

    public string AsText() => PyText.Repr(new PyTuple(rows.Columns.Select(column => (object?)column.Name)));

    private sealed class Column(WarehouseRows rows, int index) : IHostSequence
    {
        public string TypeName => "Column";

        public int Count => rows.Rows.Length;

        public IEnumerable<object?> Items() => rows.Rows.Select(row => row[index]);

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "name" => rows.Columns[index].Name,
                "values" => HostFunction.Create(name, _ => new PyTuple(Items())),
                "values_distinct" => HostFunction.Create(name, _ => new PyTuple(Items().Distinct())),
                _ => null,
            };
            return value is not null;
        }

        public bool TryGetItem(object? key, out object? value)
        {
            var found = key is long place && place >= 0 && place < Count;
            value = found ? rows.Rows[(int)(long)key!][index] : null;
            return found;
        }

        public string AsText() => PyText.Repr(new PyTuple(Items()));
    }
}
