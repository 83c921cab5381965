namespace Analytics.Jinja.Values;

/// <summary>What <c>namespace()</c> gives: attributes that <c>set ns.x</c> may write from inside a loop.</summary>
internal sealed class PyNamespace(PyDict attributes) : IPyObject
{
    public string TypeName => "Namespace";

    public void Set(string name, object? value) => attributes[name] = value;

    public string Repr() => $"<Namespace {PyText.Repr(attributes)}>";

    public bool TryGetAttribute(string name, out object? value) => attributes.TryGet(name, out value);
}
