using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>Python's <c>==</c>.</summary>
internal static class Equality
{
    public static bool AreEqual(object? left, object? right)
    {
        if (ReferenceEquals(left, right))
        {
            return left is not double.NaN;
        }

        switch (left)
        {
            case null:
                return false;
            case string text:
                return right is string other && string.Equals(text, other, StringComparison.Ordinal);
            case long or bool or double or BigInteger:
                return Ordering.IsNumber(right) && Ordering.CompareNumbers(left, right) == 0;
            case PyList list:
                return right is PyList otherList && SameItems(list.Items, otherList.Items);
            case PyTuple tuple:
                return right is PyTuple otherTuple && SameItems(tuple.Items, otherTuple.Items);
            case PyDict dict:
                return right is PyDict otherDict && SameEntries(dict, otherDict);
            case PySet set:
                return right is PySet otherSet && set.Count == otherSet.Count && set.All(otherSet.Contains);
            default:
                return left.Equals(right);
        }
    }

    private static bool SameItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        PyError.GuardStack();
        for (var i = 0; i < left.Count && i < right.Count; i++)
        {
            if (!AreEqual(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameEntries(PyDict left, PyDict right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        PyError.GuardStack();
        foreach (var pair in left)
        {
            if (!right.TryGet(pair.Key, out var other) || !AreEqual(pair.Value, other))
            {
                return false;
            }
        }

        return true;
    }
}
