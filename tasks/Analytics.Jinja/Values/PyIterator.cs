namespace Analytics.Jinja.Values;

/// <summary>Python's iterator: gives each item once. Lazy filters and loops are made of it.</summary>
internal abstract class PyIterator : IPyObject
{
    public virtual string TypeName => "generator";

    /// <summary>How many items are left; negative when only using them up would tell.</summary>
    public virtual int Remaining => -1;

    /// <summary>Takes the next item; false at the end and ever after.</summary>
    public abstract bool TryNext(out object? item);

    /// <summary>
    /// A list of what is left. Python prints an address here, which no build may depend on; a list is what people meant.
    /// </summary>
    public string Repr()
    {
        var items = new List<object?>();
        while (TryNext(out var item))
        {
            if (items.Count >= TextLimits.MaxItems)
            {
                throw TextLimits.TooMany();
            }

            items.Add(item);
        }

        return PyText.Repr(new PyList(items));
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        return false;
    }
}
