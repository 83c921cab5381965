using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>A mapping that templates can read by attribute, by item and by <c>get</c>, and cannot change.</summary>
internal sealed class FrozenMapping(PyDict entries) : IHostSequence
{
    public string TypeName => "dict";

    public bool IsMapping => true;

    public int Count => entries.Count;

    public IEnumerable<object?> Items() => entries.Keys;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" => HostFunction.Create("get", Get),
            "items" => HostFunction.Create(
                "items",
                _ => new PyList(entries.Select(pair => (object?)new PyTuple([pair.Key, pair.Value])))
            ),
            "keys" => HostFunction.Create("keys", _ => new PyList(entries.Keys)),
            "values" => HostFunction.Create("values", _ => new PyList(entries.Values)),
            "copy" => HostFunction.Create("copy", _ => entries.Copy()),
            _ => null,
        };
        return value is not null || entries.TryGet(name, out value);
    }

    public bool TryGetItem(object? key, out object? value) => entries.TryGet(key, out value);

    public string AsText() => PyText.Repr(entries);

    /// <summary>The entries in a dictionary of their own.</summary>
    public PyDict Copy() => entries.Copy();

    private object? Get(CallArguments args) =>
        args.TryGet(0, "key", out var key) && entries.TryGet(key, out var value) ? value : args.Optional(1, "default");
}
