namespace Analytics.Jinja.Values;

/// <summary>What <c>cycler(a, b)</c> gives.</summary>
internal sealed class PyCycler(object?[] items) : IPyObject
{
    private int position;

    public string TypeName => "Cycler";

    public string Repr() => "<Cycler>";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "current" => items[position],
            "next" => BuiltIn.WithContext("next()", _ => Next()),
            "reset" => BuiltIn.WithContext("reset()", _ => Reset()),
            _ => null,
        };
        return name is "current" or "next" or "reset";
    }

    private object? Next()
    {
        var item = items[position];
        position = (position + 1) % items.Length;
        return item;
    }

    private object? Reset()
    {
        position = 0;
        return null;
    }
}
