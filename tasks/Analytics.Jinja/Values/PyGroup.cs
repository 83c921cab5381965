namespace Analytics.Jinja.Values;

/// <summary>A group of the <c>groupby</c> filter: a pair that also has the names <c>grouper</c> and <c>list</c>.</summary>
internal sealed class PyGroup(object? grouper, PyList items) : IPyObject, IPyIterable, IPyIndexed
{
    public PyList Items => items;

    public string TypeName => "tuple";

    public int? Count => 2;

    public PyIterator Iterate() => new EnumerableIterator([grouper, items]);

    public string Repr() => PyText.Repr(new PyTuple([grouper, items]));

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "grouper" => grouper,
            "list" => items,
            _ => null,
        };
        return name is "grouper" or "list";
    }

    public bool TryGetItem(object? key, out object? value) =>
        Attributes.TryItem(new PyTuple([grouper, items]), key, out value);
}
