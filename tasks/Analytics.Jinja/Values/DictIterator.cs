namespace Analytics.Jinja.Values;

/// <summary>An iterator over the keys, values or items of a dict; adding or removing keys meanwhile is an error, as in Python.</summary>
internal sealed class DictIterator(PyDict dict, DictPart part) : PyIterator
{
    private readonly int count = dict.Count;
    private int position;

    public override string TypeName => "dict_keyiterator";

    public override int Remaining => count - position;

    public override bool TryNext(out object? item)
    {
        if (dict.Count != count)
        {
            throw PyError.Value("dictionary changed size during iteration");
        }

        if (position >= count)
        {
            item = null;
            return false;
        }

        item = part switch
        {
            DictPart.Keys => dict.KeyAt(position),
            DictPart.Values => dict.ValueAt(position),
            _ => new PyTuple([dict.KeyAt(position), dict.ValueAt(position)]),
        };
        position++;
        return true;
    }
}
