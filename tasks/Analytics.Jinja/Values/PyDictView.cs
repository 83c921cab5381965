namespace Analytics.Jinja.Values;

/// <summary>What <c>keys()</c>, <c>values()</c> and <c>items()</c> give: a view that follows its dict.</summary>
internal sealed class PyDictView(PyDict dict, DictPart part) : IPyObject, IPyIterable
{
    public string TypeName =>
        part switch
        {
            DictPart.Keys => "dict_keys",
            DictPart.Values => "dict_values",
            _ => "dict_items",
        };

    public bool IsTrue => dict.Count > 0;

    public int? Count => dict.Count;

    public PyIterator Iterate() => new DictIterator(dict, part);

    public string Repr() => $"{TypeName}({PyText.Repr(new PyList(Iteration.ToList(this)))})";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        return false;
    }

    public override bool Equals(object? obj) =>
        obj is PyDictView other
        && part != DictPart.Values
        && Equality.AreEqual(new PySet(Iteration.ToList(this)), new PySet(Iteration.ToList(other)));

    public override int GetHashCode() => (int)part;
}
