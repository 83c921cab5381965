using Analytics.Jinja.Values;

namespace Analytics.Jinja.Filters;

/// <summary>Python's <c>pprint.pformat</c> for containers: sorted keys, one item a line when 80 columns are not enough.</summary>
internal static class PrettyPrinter
{
    private const int Width = 80;

    public static string Print(object? value) => Print(value, 0, 0);

    private static string Print(object? value, int indent, int after)
    {
        PyError.GuardStack();
        var sorted = Sorted(value);
        var text = PyText.Repr(sorted);
        if (text.Length <= Width - indent - after)
        {
            return text;
        }

        return sorted switch
        {
            PyDict { Count: > 0 } dict => "{" + Entries(dict, indent + 1, after + 1) + "}",
            PyList { Count: > 0 } list => "[" + Items(list, indent + 1, after + 1) + "]",
            PyTuple { Count: > 0 } tuple => "(" + Items(tuple, indent + 1, after + 1) + (tuple.Count == 1 ? ",)" : ")"),
            _ => text,
        };
    }

    private static string Items(IReadOnlyList<object?> items, int indent, int after) =>
        string.Join(
            ",\n" + new string(' ', indent),
            items.Select((item, i) => Print(item, indent, i == items.Count - 1 ? after : 1))
        );

    private static string Entries(PyDict dict, int indent, int after) =>
        string.Join(
            ",\n" + new string(' ', indent),
            dict.Select(
                (entry, i) =>
                {
                    var key = PyText.Repr(entry.Key) + ": ";
                    return key + Print(entry.Value, indent + key.Length, i == dict.Count - 1 ? after : 1);
                }
            )
        );

    // Keys are sorted as far as they have an order.
    private static object? Sorted(object? value)
    {
        switch (value)
        {
            case PyDict dict:
                var keys = dict.Keys.ToList();
                var ordered =
                    keys.TrueForAll(k => k is string)
                        ? keys.OrderBy(k => (string)k!, Comparer<string>.Create(Ordering.CompareText)).ToList()
                    : keys.TrueForAll(Ordering.IsNumber) ? Sorting.Sort(keys, k => k, false)
                    : keys;
                PyError.GuardStack();
                return new PyDict(ordered.Select(k => KeyValuePair.Create(k, Sorted(dict[k]))));
            case PyList list:
                PyError.GuardStack();
                return new PyList(list.Items.ConvertAll(Sorted));
            default:
                return value;
        }
    }
}
