namespace Analytics.Jinja.Values;

/// <summary>An iterator over a list that may change meanwhile, as Python's does: it counts positions.</summary>
internal sealed class ListIterator(List<object?> items) : PyIterator
{
    private int position;

    public override string TypeName => "list_iterator";

    public override int Remaining => Math.Max(items.Count - position, 0);

    public override bool TryNext(out object? item)
    {
        if (position < items.Count)
        {
            item = items[position++];
            return true;
        }

        item = null;
        return false;
    }
}
