namespace Analytics.Jinja.Values;

/// <summary>An iterator over a range.</summary>
internal sealed class RangeIterator(long next, long step, int remaining) : PyIterator
{
    private long next = next;
    private int remaining = remaining;

    public override string TypeName => "range_iterator";

    public override int Remaining => remaining;

    public override bool TryNext(out object? item)
    {
        if (remaining == 0)
        {
            item = null;
            return false;
        }

        item = Boxes.Of(next);
        remaining--;
        next = remaining == 0 ? next : next + step;
        return true;
    }
}
