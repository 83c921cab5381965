namespace Analytics.Jinja.Values;

/// <summary>A value with an order of its own.</summary>
internal interface IPyComparable
{
    /// <summary>Compares with another value; false when the two have no order.</summary>
    public bool TryCompare(object? other, out int order);
}
