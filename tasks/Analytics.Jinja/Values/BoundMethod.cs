namespace Analytics.Jinja.Values;

/// <summary>A method taken from an object without calling it: <c>{% set add = items.append %}</c>.</summary>
internal sealed class BoundMethod(BuiltIn method, object target) : ICallable, IPyObject
{
    public string Name => method.Name;

    public string TypeName => "builtin_function_or_method";

    public object? Invoke(CallArguments args) => method.Invoke(target, args);

    public string Repr() => $"<built-in method {Name} of {Values.TypeName.Of(target)} object>";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        return false;
    }
}
