using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>A dictionary that the templates of many threads read and write, one at a time.</summary>
internal sealed class GraphValue(PyDict entries) : IHostSequence
{
    private readonly Lock gate = new();

    public string TypeName => "dict";

    public bool IsMapping => true;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return entries.Count;
            }
        }
    }

    public IEnumerable<object?> Items() => Snapshot().Keys;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" => HostFunction.Create(name, args => Find(args, out var found) ? found : args.Optional(1, "default")),
            "setdefault" => HostFunction.Create(name, SetDefault),
            "update" => HostFunction.Create(name, Update),
            "pop" => HostFunction.Create(name, Pop),
            "items" => HostFunction.Create(
                name,
                _ => new PyList(Snapshot().Select(pair => (object?)new PyTuple([pair.Key, pair.Value])))
            ),
            "keys" => HostFunction.Create(name, _ => new PyList(Snapshot().Keys)),
            "values" => HostFunction.Create(name, _ => new PyList(Snapshot().Values)),
            "copy" => HostFunction.Create(name, _ => Snapshot()),
            _ => null,
        };
        return value is not null || TryGetItem(name, out value);
    }

    public bool TryGetItem(object? key, out object? value)
    {
        lock (gate)
        {
            return entries.TryGet(key, out value);
        }
    }

    public string AsText() => PyText.Repr(Snapshot());

    private PyDict Snapshot()
    {
        lock (gate)
        {
            return entries.Copy();
        }
    }

    private bool Find(CallArguments args, out object? value) => TryGetItem(args.Optional(0, "key"), out value);

    private object? SetDefault(CallArguments args)
    {
        var key = args.Optional(0, "key");
        lock (gate)
        {
            if (!entries.TryGet(key, out var value))
            {
                entries[key] = value = args.Optional(1, "default");
            }

            return value;
        }
    }

    private object? Update(CallArguments args)
    {
        lock (gate)
        {
            foreach (var (key, value) in AdapterDispatch.Entries(args.Optional(0, "other")) ?? [])
            {
                entries[key] = value;
            }

            foreach (var (key, value) in args.Named)
            {
                entries[key] = value;
            }
        }

        return null;
    }

    private object? Pop(CallArguments args)
    {
        var key = args.Optional(0, "key");
        lock (gate)
        {
            if (entries.TryGet(key, out var value))
            {
                entries.Remove(key);
                return value;
            }
        }

        return args.TryGet(1, "default", out var fallback)
            ? fallback
            : throw args.Fail($"the graph has no key {PyText.Repr(key)}");
    }
}
