using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>A mapping that templates can read by attribute, by item and by <c>get</c>, and cannot change.</summary>
internal sealed class FrozenMapping : IHostSequence
{
    private readonly Lazy<PyDict> made;

    public FrozenMapping(PyDict entries)
        : this(new Lazy<PyDict>(entries)) { }

    private FrozenMapping(Lazy<PyDict> made) => this.made = made;

    private PyDict Entries => made.Value;

    /// <summary>A mapping whose entries are made when a template first asks for one.</summary>
    /// <param name="make">Makes them, once.</param>
    public static FrozenMapping Deferred(Func<PyDict> make) => new(new Lazy<PyDict>(make));

    /// <summary>Whether a template has asked for an entry; true for a mapping that was made at once.</summary>
    public bool WasRead => made.IsValueCreated;

    public string TypeName => "dict";

    public bool IsMapping => true;

    public int Count => Entries.Count;

    public IEnumerable<object?> Items() => Entries.Keys;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" => HostFunction.Create("get", Get),
            "items" => HostFunction.Create(
                "items",
                _ => new PyList(Entries.Select(pair => (object?)new PyTuple([pair.Key, pair.Value])))
            ),
            "keys" => HostFunction.Create("keys", _ => new PyList(Entries.Keys)),
            "values" => HostFunction.Create("values", _ => new PyList(Entries.Values)),
            "copy" => HostFunction.Create("copy", _ => Entries.Copy()),
            _ => null,
        };
        return value is not null || Entries.TryGet(name, out value);
    }

    public bool TryGetItem(object? key, out object? value) => Entries.TryGet(key, out value);

    public string AsText() => PyText.Repr(Entries);

    /// <summary>The Entries in a dictionary of their own.</summary>
    public PyDict Copy() => Entries.Copy();

    private object? Get(CallArguments args) =>
        args.TryGet(0, "key", out var key) && Entries.TryGet(key, out var value) ? value : args.Optional(1, "default");
}
