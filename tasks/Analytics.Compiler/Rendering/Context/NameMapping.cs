using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>Names as a mapping: <c>context</c> and <c>builtins</c>. A value is made when it is asked for.</summary>
/// <param name="type">Says what it is.</param>
/// <param name="scope">Finds the names.</param>
/// <param name="names">All names.</param>
internal sealed class NameMapping(string type, IGlobalScope scope, Func<IEnumerable<string>> names) : IHostSequence
{
    public string TypeName => "dict";

    public bool IsMapping => true;

    public int Count => names().Count();

    public IEnumerable<object?> Items() => names();

    // A name of the context comes before the methods: context.get is no name of it.
    public bool TryGetAttribute(string name, out object? value)
    {
        if (scope.TryGet(name, out value))
        {
            return true;
        }

        value = name switch
        {
            "get" => HostFunction.Create(
                name,
                args =>
                    scope.TryGet(args.RequireText(0, "key", $"{type}.get"), out var found)
                        ? found
                        : args.Optional(1, "default")
            ),
            "keys" => HostFunction.Create(name, _ => new Jinja.Values.PyList(names())),
            _ => null,
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && scope.TryGet(name, out value);
    }

    public string AsText() => type;
}
