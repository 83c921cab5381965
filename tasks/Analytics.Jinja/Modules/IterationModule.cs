using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules;

/// <summary>Python's module itertools. What can be endless is lazy; who uses it up counts the steps.</summary>
internal static class IterationModule
{
    private static readonly BuiltIn[] Functions =
    [
        BuiltIn.Of("count(start?, step?)", c => Lazy(Count(c))),
        BuiltIn.Of("cycle(iterable)", c => Lazy(Cycle(List(c, 0)))),
        BuiltIn.Of("repeat(object, times?)", c => Lazy(Repeat(c[0], c.Has(1) ? c.Integer(1) : long.MaxValue))),
        BuiltIn.Of("accumulate(iterable, func?, initial?)", c => Lazy(Accumulate(c))),
        BuiltIn.Of(
            "compress(data, selectors)",
            c => Lazy(List(c, 0).Zip(List(c, 1)).Where(p => Truth.Of(p.Second)).Select(p => p.First))
        ),
        BuiltIn.Of("islice(iterable, start, stop?, step?)", c => Lazy(Slice(c))),
        BuiltIn.Of(
            "starmap(function, iterable)",
            c => Lazy(List(c, 1).Select(a => c.Apply(c[0], [.. Iteration.ToList(a)])))
        ),
        BuiltIn.Of("tee(iterable, n?)", Tee),
        BuiltIn.Of("zip_longest(*, **)", c => Lazy(ZipLongest(c))),
        BuiltIn.Of("product(*, **)", c => Lazy(Product(c))),
        BuiltIn.Of(
            "permutations(iterable, r?)",
            c => Lazy(Chosen(c, List(c, 0).Count, p => p.Distinct().Count() == p.Length))
        ),
        BuiltIn.Of(
            "combinations(iterable, r)",
            c => Lazy(Chosen(c, null, p => p.Zip(p.Skip(1)).All(x => x.First < x.Second)))
        ),
        BuiltIn.Of(
            "combinations_with_replacement(iterable, r)",
            c => Lazy(Chosen(c, null, p => p.Zip(p.Skip(1)).All(x => x.First <= x.Second)))
        ),
    ];

    public static PyModule Create()
    {
        var members = Functions.ToDictionary(f => f.Name, object? (f) => f, StringComparer.Ordinal);
        members["chain"] = new PyClass(
            "itertools.chain",
            BuiltIn.Of("chain(*)", c => Lazy(c.MorePositional.SelectMany(i => Each(i, c.Context)))),
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["from_iterable"] = BuiltIn.Of(
                    "from_iterable(iterable)",
                    c => Lazy(Each(c[0], c.Context).SelectMany(i => Each(i, c.Context)))
                ),
            }
        );
        return new PyModule("itertools", members);
    }

    private static EnumerableIterator Lazy(IEnumerable<object?> items) => new(items);

    private static List<object?> List(BuiltInCall call, int index) => Iteration.ToList(call[index], call.Context);

    private static IEnumerable<object?> Each(object? value, RenderContext context)
    {
        var items = Iteration.Over(value);
        while (items.TryNext(out var item))
        {
            context.Step();
            yield return item;
        }
    }

    private static IEnumerable<object?> Count(BuiltInCall call)
    {
        var value = call.Has(0) ? call[0] : 0L;
        var step = call.Has(1) ? call[1] : 1L;
        while (true)
        {
            yield return value;
            value = Operators.Apply(BinaryOperator.Add, value, step, call.Context);
        }
    }

    private static IEnumerable<object?> Cycle(List<object?> items)
    {
        while (items.Count > 0)
        {
            foreach (var item in items)
            {
                yield return item;
            }
        }
    }

    private static IEnumerable<object?> Repeat(object? item, long times)
    {
        for (; times > 0; times--)
        {
            yield return item;
        }
    }

    private static IEnumerable<object?> Accumulate(BuiltInCall call)
    {
        var total = call[2];
        var started = call.IsGiven(2);
        if (started)
        {
            yield return total;
        }

        foreach (var item in Each(call[0], call.Context))
        {
            total =
                !started ? item
                : call.IsGiven(1) ? call.Apply(call[1], total, item)
                : Operators.Apply(BinaryOperator.Add, total, item, call.Context);
            started = true;
            yield return total;
        }
    }

    private static IEnumerable<object?> Slice(BuiltInCall call)
    {
        var start = call.Has(2) ? call.Integer(1, 0) : 0;
        var stop = call.Has(2) ? call.Integer(2, long.MaxValue) : call.Integer(1, long.MaxValue);
        var step = call.Integer(3, 1);
        if (start < 0 || stop < 0 || step < 1)
        {
            throw PyError.Value("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
        }

        var items = Iteration.Over(call[0]);
        for (long i = 0; i < stop && items.TryNext(out var item); i++)
        {
            call.Context.Step();
            if (i >= start && (i - start) % step == 0)
            {
                yield return item;
            }
        }
    }

    private static PyTuple Tee(BuiltInCall call)
    {
        var items = List(call, 0);
        return new PyTuple(Enumerable.Range(0, Math.Max(call.Size(1, 2), 0)).Select(object? (_) => Lazy(items)));
    }

    private static IEnumerable<object?> ZipLongest(BuiltInCall call)
    {
        var fill = Array.Find(call.MoreNamed, n => n.Key == "fillvalue").Value;
        var lists = Array.ConvertAll(call.MorePositional, i => Iteration.ToList(i, call.Context));
        var length = lists.Length == 0 ? 0 : lists.Max(l => l.Count);
        for (var i = 0; i < length; i++)
        {
            yield return new PyTuple(Array.ConvertAll(lists, l => i < l.Count ? l[i] : fill));
        }
    }

    private static IEnumerable<object?> Product(BuiltInCall call)
    {
        var pools = call.MorePositional.Select(i => Iteration.ToList(i, call.Context)).ToList();
        var repeat = Array.Find(call.MoreNamed, n => n.Key == "repeat").Value is long times ? times : 1;
        if (repeat * pools.Count is < 0 or > 64)
        {
            throw PyError.Limit("A product of more than 64 iterables");
        }

        var all = Enumerable.Range(0, (int)repeat).SelectMany(_ => pools).ToList();
        return Positions(all.ConvertAll(p => p.Count), call.Context)
            .Select(object? (p) => new PyTuple(p.Select((at, i) => all[i][at])));
    }

    private static IEnumerable<object?> Chosen(BuiltInCall call, int? size, Func<int[], bool> keeps)
    {
        var pool = List(call, 0);
        var count = call.IsGiven(1)
            ? call.Integer(1)
            : size ?? throw PyError.Argument("missing required argument: 'r'");
        if (count is < 0 or > 64)
        {
            throw count < 0 ? PyError.Value("r must be non-negative") : PyError.Limit("A choice of more than 64 items");
        }

        return Positions(Enumerable.Repeat(pool.Count, (int)count).ToList(), call.Context)
            .Where(p => keeps(p))
            .Select(object? (p) => new PyTuple(p.Select(at => pool[at])));
    }

    // All tuples of positions in lexical order, like an odometer.
    private static IEnumerable<int[]> Positions(List<int> sizes, RenderContext context)
    {
        if (sizes.Contains(0))
        {
            yield break;
        }

        var at = new int[sizes.Count];
        while (true)
        {
            context.Step();
            yield return [.. at];
            var digit = at.Length - 1;
            while (digit >= 0 && ++at[digit] == sizes[digit])
            {
                at[digit--] = 0;
            }

            if (digit < 0)
            {
                yield break;
            }
        }
    }
}
