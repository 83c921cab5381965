namespace Analytics.Jinja.Values;

/// <summary>An iterator over a tuple.</summary>
internal sealed class TupleIterator(object?[] items) : PyIterator
{
    private int position;

    public override string TypeName => "tuple_iterator";

    public override int Remaining => items.Length - position;

    public override bool TryNext(out object? item)
    {
        if (position < items.Length)
        {
            item = items[position++];
            return true;
        }

        item = null;
        return false;
    }
}
