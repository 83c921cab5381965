namespace Analytics.Jinja.Values;

/// <summary>Python's stable sort.</summary>
internal static class Sorting
{
    /// <exception cref="PyError">Two keys have no order.</exception>
    public static List<object?> Sort(IEnumerable<object?> items, Func<object?, object?> key, bool reverse)
    {
        var keyed = items.Select(i => (Key: key(i), Item: i)).ToArray();
        var order = Comparer<object?>.Create((a, b) => Compare(a, b));
        try
        {
            // OrderBy is stable and so is OrderByDescending: equal items keep their order in both, as in Python.
            var sorted = reverse ? keyed.OrderByDescending(k => k.Key, order) : keyed.OrderBy(k => k.Key, order);
            return sorted.Select(k => k.Item).ToList();
        }
        catch (InvalidOperationException exception) when (exception.InnerException is PyError error)
        {
            throw new PyError(error.Kind, error.Message, error.Name, error.Origin);
        }
    }

    private static int Compare(object? left, object? right)
    {
        var order = Ordering.Compare(left, right, "<");
        return order == Ordering.Unordered ? 0 : order;
    }
}
