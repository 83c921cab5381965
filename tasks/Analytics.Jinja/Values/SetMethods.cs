using System.Collections.Frozen;

namespace Analytics.Jinja.Values;

/// <summary>The methods of Python's set.</summary>
internal static class SetMethods
{
    public static readonly FrozenDictionary<string, BuiltIn> All = Methods.Table(
        BuiltIn.Of(
            "add(self, item)",
            c =>
            {
                Self(c).Add(c[1]);
                return null;
            }
        ),
        BuiltIn.Of(
            "discard(self, item)",
            c =>
            {
                Self(c).Remove(c[1]);
                return null;
            }
        ),
        BuiltIn.Of(
            "remove(self, item)",
            c => Self(c).Remove(c[1]) ? null : throw PyError.Value($"{PyText.Repr(c[1])} is not in the set")
        ),
        BuiltIn.Of("pop(self)", Pop),
        BuiltIn.Of(
            "clear(self)",
            c =>
            {
                Self(c).Clear();
                return null;
            }
        ),
        BuiltIn.Of("copy(self)", c => new PySet(Self(c))),
        BuiltIn.Of("update(self, *)", Update),
        BuiltIn.Of(
            "union(self, *)",
            c => new PySet(Self(c).Concat(c.MorePositional.SelectMany(o => Iteration.ToList(o, c.Context))))
        ),
        BuiltIn.Of(
            "difference(self, *)",
            c => Others(c).Aggregate(new PySet(Self(c)), (a, b) => new PySet(a.Where(i => !b.Contains(i))))
        ),
        BuiltIn.Of(
            "intersection(self, *)",
            c => Others(c).Aggregate(new PySet(Self(c)), (a, b) => new PySet(a.Where(b.Contains)))
        ),
        BuiltIn.Of("symmetric_difference(self, other)", SymmetricDifference),
        BuiltIn.Of("issubset(self, other)", c => Boxes.Of(Self(c).All(Other(c).Contains))),
        BuiltIn.Of("issuperset(self, other)", c => Boxes.Of(Other(c).All(Self(c).Contains))),
        BuiltIn.Of("isdisjoint(self, other)", c => Boxes.Of(!Other(c).Any(Self(c).Contains)))
    );

    private static PySet Self(BuiltInCall call) => (PySet)call[0]!;

    private static PySet Other(BuiltInCall call) => new(Iteration.ToList(call[1], call.Context));

    private static IEnumerable<PySet> Others(BuiltInCall call) =>
        call.MorePositional.Select(o => new PySet(Iteration.ToList(o, call.Context)));

    private static object? Update(BuiltInCall call)
    {
        foreach (var other in Others(call))
        {
            foreach (var item in other)
            {
                Self(call).Add(item);
            }
        }

        return null;
    }

    private static object? Pop(BuiltInCall call)
    {
        var first = Self(call).Count > 0 ? Self(call).First() : throw PyError.Value("pop from an empty set");
        Self(call).Remove(first);
        return first;
    }

    private static PySet SymmetricDifference(BuiltInCall call)
    {
        var self = Self(call);
        var other = Other(call);
        return new PySet(self.Where(i => !other.Contains(i)).Concat(other.Where(i => !self.Contains(i))));
    }
}
