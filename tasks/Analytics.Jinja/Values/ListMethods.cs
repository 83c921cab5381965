using System.Collections.Frozen;

namespace Analytics.Jinja.Values;

/// <summary>The methods of Python's list and tuple.</summary>
internal static class ListMethods
{
    public static readonly FrozenDictionary<string, BuiltIn> OfTuple = Methods.Table(
        BuiltIn.Of("count(self, value)", c => Count(Tuple(c), c[1])),
        BuiltIn.Of("index(self, value, start?, stop?)", c => Index(Tuple(c), c, "tuple.index(x): x not in tuple"))
    );

    public static readonly FrozenDictionary<string, BuiltIn> OfList = Methods.Table(
        BuiltIn.Of(
            "append(self, item)",
            c =>
            {
                List(c).Add(c[1]);
                return null;
            }
        ),
        BuiltIn.Of(
            "extend(self, items)",
            c =>
            {
                var more = Iteration.ToList(c[1], c.Context);
                if (more.Count > TextLimits.MaxItems - List(c).Count)
                {
                    throw TextLimits.TooMany();
                }

                List(c).AddRange(more);
                return null;
            }
        ),
        BuiltIn.Of(
            "insert(self, index, item)",
            c =>
            {
                var list = List(c);
                var index = c.Integer(1);
                list.Insert((int)Math.Clamp(index < 0 ? index + list.Count : index, 0, list.Count), c[2]);
                return null;
            }
        ),
        BuiltIn.Of("pop(self, index?)", Pop),
        BuiltIn.Of("remove(self, item)", Remove),
        BuiltIn.Of("index(self, value, start?, stop?)", c => Index(List(c), c, $"{PyText.Repr(c[1])} is not in list")),
        BuiltIn.Of("count(self, value)", c => Count(List(c), c[1])),
        BuiltIn.Of("copy(self)", c => new PyList(List(c).ToList())),
        BuiltIn.Of(
            "clear(self)",
            c =>
            {
                List(c).Clear();
                return null;
            }
        ),
        BuiltIn.Of(
            "reverse(self)",
            c =>
            {
                List(c).Reverse();
                return null;
            }
        ),
        BuiltIn.Of("sort(self, key?, reverse?)", Sort)
    );

    private static List<object?> List(BuiltInCall call) => ((PyList)call[0]!).Items;

    private static object?[] Tuple(BuiltInCall call) => ((PyTuple)call[0]!).Items;

    private static object Count(IEnumerable<object?> items, object? value) =>
        Boxes.Of(items.LongCount(i => Equality.AreEqual(i, value)));

    private static object Index(IReadOnlyList<object?> items, BuiltInCall call, string message)
    {
        var start = Bound(call.Integer(2, 0), items.Count);
        var stop = Bound(call.Integer(3, items.Count), items.Count);
        for (var i = start; i < stop; i++)
        {
            if (Equality.AreEqual(items[i], call[1]))
            {
                return Boxes.Of(i);
            }
        }

        throw PyError.Value(message);
    }

    private static int Bound(long index, int count) => (int)Math.Clamp(index < 0 ? index + count : index, 0, count);

    private static object? Pop(BuiltInCall call)
    {
        var list = List(call);
        if (list.Count == 0)
        {
            throw PyError.Value("pop from empty list");
        }

        var index = call.Integer(1, -1);
        index = index < 0 ? index + list.Count : index;
        if (index < 0 || index >= list.Count)
        {
            throw PyError.Value("pop index out of range");
        }

        var item = list[(int)index];
        list.RemoveAt((int)index);
        return item;
    }

    private static object? Remove(BuiltInCall call)
    {
        var list = List(call);
        var index = list.FindIndex(i => Equality.AreEqual(i, call[1]));
        if (index < 0)
        {
            throw PyError.Value("list.remove(x): x not in list");
        }

        list.RemoveAt(index);
        return null;
    }

    private static object? Sort(BuiltInCall call)
    {
        var list = List(call);
        var sorted = Sorting.Sort(list, call.IsGiven(1) ? i => call.Apply(call[1], i) : i => i, call.Flag(2));
        list.Clear();
        list.AddRange(sorted);
        return null;
    }
}
