using System.Globalization;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>agate's MappedSequence: values in order that also have names, such as the columns of a table or the values of a row.</summary>
/// <param name="names">The names, as many as values; empty when the values have none.</param>
/// <param name="values">The values.</param>
internal class NamedSequence(IReadOnlyList<string> names, IReadOnlyList<object?> values) : IHostSequence
{
    public virtual string TypeName => "MappedSequence";

    public IReadOnlyList<object?> Values => values;

    public int Count => values.Count;

    public IEnumerable<object?> Items() => values;

    public virtual bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "values" => HostFunction.Create(name, _ => new PyTuple(values)),
            "keys" => HostFunction.Create(name, _ => new PyTuple(Keys)),
            "items" => HostFunction.Create(name, _ => new PyList(Keys.Zip(values, Pair))),
            "dict" => HostFunction.Create(
                name,
                _ => new PyDict(Keys.Zip(values, (key, item) => KeyValuePair.Create(key, item)))
            ),
            "get" => HostFunction.Create(name, Get),
            _ => null,
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        switch (key)
        {
            case long place:
                return TryAt(place < 0 ? place + Count : place, out value);
            case string name:
                return TryAt(IndexOf(name), out value);
            default:
                value = null;
                return false;
        }
    }

    public string AsText() => PyText.Repr(new PyTuple(values));

    // What has no names is named by its place.
    private IEnumerable<object?> Keys =>
        names.Count == 0
            ? Enumerable.Range(0, Count).Select(place => (object?)place.ToString(CultureInfo.InvariantCulture))
            : names;

    private static object? Pair(object? key, object? item) => new PyTuple([key, item]);

    private long IndexOf(string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    private bool TryAt(long index, out object? value)
    {
        var found = index >= 0 && index < Count;
        value = found ? values[(int)index] : null;
        return found;
    }

    private object? Get(CallArguments args) =>
        args.TryGet(0, "key", out var key) && TryGetItem(key, out var value) ? value : args.Optional(1, "default");
}
