using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules;

/// <summary>A class of a module: called it makes an instance, its attributes are class methods and constants.</summary>
internal sealed class PyClass(string name, BuiltIn constructor, Dictionary<string, object?> members)
    : ICallable,
        IPyObject
{
    public string Name => name;

    public string TypeName => "type";

    public object? Invoke(CallArguments args) => constructor.Invoke(args);

    public string Repr() => $"<class '{name}'>";

    public bool TryGetAttribute(string name, out object? value) => members.TryGetValue(name, out value);
}
