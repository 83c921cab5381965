using Analytics.Jinja.Values;
using static Analytics.Jinja.Filters.FilterTable;

namespace Analytics.Jinja.Filters;

/// <summary>Filters that count, order and regroup sequences.</summary>
internal static class SequenceFilters
{
    public static readonly KeyValuePair<string, BuiltIn>[] All =
    [
        .. Named(BuiltIn.OfValue("length(object)", v => Boxes.Of(Iteration.Length(v))), "count"),
        .. Named(BuiltIn.Of("list(value)", c => new PyList(Iteration.ToList(c[0], c.Context)))),
        .. Named(BuiltIn.Of("first(seq)", First)),
        .. Named(BuiltIn.Of("last(seq)", Last)),
        .. Named(BuiltIn.WithContext("random(seq)", c => c.Context.Pick(Iteration.ToList(c[0], c.Context)))),
        .. Named(BuiltIn.Of("join(value, d?, attribute?)", Join)),
        .. Named(BuiltIn.Of("reverse(value)", Reverse)),
        .. Named(BuiltIn.Of("sort(value, reverse?, case_sensitive?, attribute?)", Sort)),
        .. Named(BuiltIn.Of("unique(value, case_sensitive?, attribute?)", c => new EnumerableIterator(Unique(c)))),
        .. Named(BuiltIn.Of("min(value, case_sensitive?, attribute?)", c => Extreme(c, -1))),
        .. Named(BuiltIn.Of("max(value, case_sensitive?, attribute?)", c => Extreme(c, 1))),
        .. Named(BuiltIn.Of("sum(iterable, attribute?, start?)", Sum)),
        .. Named(BuiltIn.Of("batch(value, linecount, fill_with?)", c => new EnumerableIterator(Batch(c)))),
        .. Named(BuiltIn.Of("slice(value, slices, fill_with?)", c => new EnumerableIterator(Slice(c)))),
        .. Named(BuiltIn.Of("groupby(value, attribute, default?, case_sensitive?)", GroupBy)),
        .. Named(BuiltIn.Of("dictsort(value, case_sensitive?, by?, reverse?)", DictSort)),
        .. Named(BuiltIn.Of("items(value)", Items)),
    ];

    private static object? First(BuiltInCall call) =>
        Iteration.Over(call[0]).TryNext(out var item) ? item : Empty("No first item, sequence was empty.");

    private static object? Last(BuiltInCall call)
    {
        if (call[0] is PyIterator)
        {
            throw PyError.Type($"'{TypeName.Of(call[0])}' object is not reversible");
        }

        var items = Iteration.ToList(call[0], call.Context);
        return items.Count > 0 ? items[^1] : Empty("No last item, sequence was empty.");
    }

    private static Undefined Empty(string message) => new(TemplateErrorKind.UndefinedName, null, message);

    private static string Join(BuiltInCall call)
    {
        var separator = call.Has(1) ? call.AnyText(1) : "";
        var items = Iteration.ToList(call[0], call.Context);
        if (call.IsGiven(2))
        {
            var get = AttributeGetter.Of(call[2], call.Context);
            items = items.ConvertAll(i => get(i));
        }

        var texts = new string[items.Count];
        var length = (long)items.Count * separator.Length;
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = PyText.Str(items[i]);
            length += texts[i].Length;
        }

        call.Context.ChargeText(length);
        return string.Join(separator, texts);
    }

    private static object Reverse(BuiltInCall call)
    {
        if (call[0] is string text)
        {
            return string.Concat(PyString.Characters(text).Reverse());
        }

        var items = Iteration.ToList(call[0], call.Context);
        items.Reverse();
        return new EnumerableIterator(items);
    }

    private static PyList Sort(BuiltInCall call) =>
        new(
            Sorting.Sort(
                Iteration.ToList(call[0], call.Context),
                AttributeGetter.OfMany(call[3], call.Context, call.Flag(2)),
                call.Flag(1)
            )
        );

    private static IEnumerable<object?> Unique(BuiltInCall call)
    {
        var seen = new PySet();
        var get = AttributeGetter.Of(call[2], call.Context);
        var items = Iteration.Over(call[0]);
        while (items.TryNext(out var item))
        {
            if (seen.Add(AttributeGetter.Folded(get(item), call.Flag(1))))
            {
                yield return item;
            }
        }
    }

    private static object? Extreme(BuiltInCall call, int direction)
    {
        var items = Iteration.ToList(call[0], call.Context);
        if (items.Count == 0)
        {
            return Empty("No aggregated item, sequence was empty.");
        }

        var get = AttributeGetter.Of(call[2], call.Context);
        var best = items[0];
        var bestKey = AttributeGetter.Folded(get(best), call.Flag(1));
        foreach (var item in items.Skip(1))
        {
            var key = AttributeGetter.Folded(get(item), call.Flag(1));
            if (Ordering.Compare(key, bestKey, direction < 0 ? "<" : ">") == direction)
            {
                best = item;
                bestKey = key;
            }
        }

        return best;
    }

    private static object? Sum(BuiltInCall call)
    {
        var get = AttributeGetter.Of(call[1], call.Context);
        var total = call.Has(2) ? call[2] : Boxes.Of(0L);
        foreach (var item in Iteration.ToList(call[0], call.Context))
        {
            total = Operators.Apply(Tree.Expressions.BinaryOperator.Add, total, get(item), call.Context);
        }

        return total;
    }

    private static IEnumerable<object?> Batch(BuiltInCall call)
    {
        var size = call.Size(1);
        var batch = new List<object?>();
        var items = Iteration.Over(call[0]);
        while (items.TryNext(out var item))
        {
            if (batch.Count == size)
            {
                yield return new PyList(batch);
                batch = [];
            }

            batch.Add(item);
        }

        if (batch.Count > 0)
        {
            while (call.IsGiven(2) && batch.Count < size)
            {
                batch.Add(call[2]);
            }

            yield return new PyList(batch);
        }
    }

    private static IEnumerable<object?> Slice(BuiltInCall call)
    {
        var items = Iteration.ToList(call[0], call.Context);
        var slices = call.Size(1);
        if (slices <= 0)
        {
            throw PyError.Value("integer division or modulo by zero");
        }

        var each = items.Count / slices;
        var longer = items.Count % slices;
        var offset = 0;
        for (var i = 0; i < slices; i++)
        {
            var start = offset + (i * each);
            offset += i < longer ? 1 : 0;
            var part = items.GetRange(start, offset + ((i + 1) * each) - start);
            if (call.IsGiven(2) && i >= longer)
            {
                part.Add(call[2]);
            }

            yield return new PyList(part);
        }
    }

    private static PyList GroupBy(BuiltInCall call)
    {
        var get = AttributeGetter.Of(call[1], call.Context, call.Has(2) ? () => call[2] : null);
        object? Key(object? item) => AttributeGetter.Folded(get(item), call.Flag(3));
        var groups = new PyList();
        PyGroup? current = null;
        object? currentKey = null;
        foreach (var item in Sorting.Sort(Iteration.ToList(call[0], call.Context), Key, false))
        {
            var key = Key(item);
            if (current is null || !Equality.AreEqual(key, currentKey))
            {
                // The group is named by its first item, in that item's own case.
                current = new PyGroup(get(item), new PyList());
                currentKey = key;
                groups.Add(current);
            }

            current.Items.Add(item);
        }

        return groups;
    }

    private static PyList DictSort(BuiltInCall call)
    {
        var by = call.Text(2, "key");
        if (by is not ("key" or "value"))
        {
            throw PyError.Argument("You can only sort by either \"key\" or \"value\"");
        }

        if (call[0] is not PyDict dict)
        {
            throw call[0] is Undefined undefined
                ? undefined.Error()
                : PyError.Type($"'{TypeName.Of(call[0])}' object has no attribute 'items'");
        }

        var position = by == "key" ? 0 : 1;
        return new PyList(
            Sorting.Sort(
                Iteration.ToList(new PyDictView(dict, DictPart.Items)),
                pair => AttributeGetter.Folded(((PyTuple)pair!)[position], call.Flag(1)),
                call.Flag(3)
            )
        );
    }

    private static PyIterator Items(BuiltInCall call) =>
        call[0] switch
        {
            Undefined => new EnumerableIterator([]),
            PyDict dict => new EnumerableIterator(dict.Select(object? (p) => new PyTuple([p.Key, p.Value]))),
            _ => throw PyError.Type("Can only get item pairs from a mapping."),
        };
}
