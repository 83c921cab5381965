namespace Analytics.Jinja.Values;

/// <summary>A value of the engine with items.</summary>
internal interface IPyIndexed
{
    public bool TryGetItem(object? key, out object? value);
}
