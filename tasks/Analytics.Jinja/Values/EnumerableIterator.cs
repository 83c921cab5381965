namespace Analytics.Jinja.Values;

/// <summary>An iterator over a .NET sequence.</summary>
internal sealed class EnumerableIterator(IEnumerable<object?> source) : PyIterator
{
    private IEnumerator<object?>? items = source.GetEnumerator();

    public override bool TryNext(out object? item)
    {
        if (items is not null && items.MoveNext())
        {
            item = items.Current;
            return true;
        }

        items = null;
        item = null;
        return false;
    }
}
