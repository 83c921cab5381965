using System.Collections.Immutable;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>A row of a query: by place or by column name.</summary>
internal sealed class RowValue(ImmutableArray<WarehouseColumn> columns, ImmutableArray<object?> values) : IHostSequence
{
    public string TypeName => "Row";

    public int Count => values.Length;

    public IEnumerable<object?> Items() => values;

    public bool TryGetAttribute(string name, out object? value)
    {
        switch (name)
        {
            case "values":
                value = HostFunction.Create(name, _ => new PyTuple(values));
                return true;
            case "keys":
                value = HostFunction.Create(name, _ => new PyTuple(columns.Select(column => (object?)column.Name)));
                return true;
            case "dict":
                value = HostFunction.Create(
                    name,
                    _ => new PyDict(columns.Select((column, i) => KeyValuePair.Create((object?)column.Name, values[i])))
                );
                return true;
            default:
                return TryGetItem(name, out value);
        }
    }

    public bool TryGetItem(object? key, out object? value)
    {
        var index = key switch
        {
            long place => (int)(place < 0 ? place + values.Length : place),
            string name => columns.IndexOf(columns.FirstOrDefault(column => column.Name == name)!),
            _ => -1,
        };
        var found = index >= 0 && index < values.Length;
        value = found ? values[index] : null;
        return found;
    }

    public string AsText() => PyText.Repr(new PyTuple(values));
}
