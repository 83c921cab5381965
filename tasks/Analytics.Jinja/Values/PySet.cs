using System.Collections;

namespace Analytics.Jinja.Values;

/// <summary>
/// Python's set. Unlike Python's it keeps the order of insertion, so that two builds print and loop over it alike.
/// </summary>
public sealed class PySet : IReadOnlyCollection<object?>
{
    private readonly PyDict entries = new();

    /// <summary>An empty set.</summary>
    public PySet() { }

    /// <summary>A set of the values.</summary>
    public PySet(IEnumerable<object?> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (var item in items)
        {
            Add(item);
        }
    }

    /// <inheritdoc />
    public int Count => entries.Count;

    /// <summary>Adds a value; false when it was there.</summary>
    public bool Add(object? item)
    {
        var before = entries.Count;
        entries[item] = null;
        return entries.Count > before;
    }

    /// <summary>True when the value is in the set.</summary>
    public bool Contains(object? item) => entries.Contains(item);

    /// <summary>Removes a value; false when it was absent.</summary>
    public bool Remove(object? item) => entries.Remove(item);

    /// <summary>Removes all values.</summary>
    public void Clear() => entries.Clear();

    /// <inheritdoc />
    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < entries.Count; i++)
        {
            yield return entries.KeyAt(i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
