namespace Analytics.Jinja.Values;

/// <summary>What <c>joiner(', ')</c> gives: called, it is the empty text the first time and the separator ever after.</summary>
internal sealed class PyJoiner(object? separator) : ICallable, IPyObject
{
    private bool used;

    public string Name => "joiner";

    public string TypeName => "Joiner";

    public object? Invoke(CallArguments args)
    {
        var first = !used;
        used = true;
        return first ? "" : separator;
    }

    public string Repr() => "<Joiner>";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "sep" => separator,
            "used" => Boxes.Of(used),
            _ => null,
        };
        return name is "sep" or "used";
    }
}
