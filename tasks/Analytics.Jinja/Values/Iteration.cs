namespace Analytics.Jinja.Values;

/// <summary>Loops over values, counts them and looks into them, as Python's protocols do.</summary>
internal static class Iteration
{
    /// <exception cref="PyError">The value cannot be looped over.</exception>
    public static PyIterator Over(object? value) =>
        TryOver(value, out var iterator)
            ? iterator
            : throw PyError.Type($"'{TypeName.Of(value)}' object is not iterable");

    public static bool TryOver(object? value, out PyIterator iterator)
    {
        iterator = value switch
        {
            PyIterator itself => itself,
            PyList list => new ListIterator(list.Items),
            PyTuple tuple => new TupleIterator(tuple.Items),
            string text => new EnumerableIterator(PyString.Characters(text)),
            PyDict dict => new DictIterator(dict, DictPart.Keys),
            IPyIterable iterable => iterable.Iterate(),
            Undefined => new EnumerableIterator([]),
            PySet set => new EnumerableIterator([.. set]),
            IHostSequence sequence => new EnumerableIterator(sequence.Items().Select(Boxes.Import)),
            IEnumerable<object?> items => new EnumerableIterator(items.Select(Boxes.Import)),
            _ => null!,
        };
        return iterator is not null;
    }

    /// <summary>All items, counted against the limit of steps when a context is given.</summary>
    public static List<object?> ToList(object? value, RenderContext? context = null)
    {
        switch (value)
        {
            case PyList list:
                context?.Charge(list.Count);
                return [.. list.Items];
            case PyTuple tuple:
                context?.Charge(tuple.Count);
                return [.. tuple.Items];
        }

        var iterator = Over(value);
        var items = new List<object?>();
        while (iterator.TryNext(out var item))
        {
            context?.Step();
            if (items.Count >= TextLimits.MaxItems)
            {
                throw TextLimits.TooMany();
            }

            items.Add(item);
        }

        return items;
    }

    /// <summary>The items for as many targets.</summary>
    public static object?[] Unpack(object? value, int count, RenderContext context)
    {
        if (value is Undefined undefined)
        {
            throw undefined.Error();
        }

        object?[] items = value switch
        {
            PyTuple tuple => tuple.Items,
            PyList list => [.. list.Items],
            _ when TryOver(value, out _) => [.. ToList(value, context)],
            _ => throw PyError.Type($"cannot unpack non-iterable {TypeName.Of(value)} object"),
        };
        if (items.Length < count)
        {
            throw PyError.Value($"not enough values to unpack (expected {count}, got {items.Length})");
        }

        return items.Length > count ? throw PyError.Value($"too many values to unpack (expected {count})") : items;
    }

    public static int Length(object? value) =>
        TryLength(value) ?? throw PyError.Type($"object of type '{TypeName.Of(value)}' has no len()");

    public static int? TryLength(object? value) =>
        value switch
        {
            string text => PyString.Length(text),
            PyList list => list.Count,
            PyTuple tuple => tuple.Count,
            PyDict dict => dict.Count,
            PySet set => set.Count,
            IPyIterable iterable => iterable.Count,
            Undefined => 0,
            IHostSequence sequence => sequence.Count,
            IReadOnlyCollection<object?> items => items.Count,
            _ => null,
        };

    /// <summary>Python's <c>in</c>.</summary>
    public static bool Contains(object? container, object? item)
    {
        switch (container)
        {
            case PyList list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    if (Equality.AreEqual(list.Items[i], item))
                    {
                        return true;
                    }
                }

                return false;
            case PyTuple tuple:
                return Array.Exists(tuple.Items, i => Equality.AreEqual(i, item));
            case string text:
                return item switch
                {
                    string part => text.Contains(part, StringComparison.Ordinal),
                    Undefined undefined => throw undefined.Error(),
                    _ => throw PyError.Type($"'in <string>' requires string as left operand, not {TypeName.Of(item)}"),
                };
            case PyDict dict:
                return dict.Contains(item);
            case PySet set:
                return set.Contains(item);
            case IHostObject host and not IHostSequence:
                return host.TryGetItem(item, out _);
        }

        if (!TryOver(container, out var iterator))
        {
            throw PyError.Type($"argument of type '{TypeName.Of(container)}' is not iterable");
        }

        while (iterator.TryNext(out var candidate))
        {
            if (Equality.AreEqual(candidate, item))
            {
                return true;
            }
        }

        return false;
    }
}
