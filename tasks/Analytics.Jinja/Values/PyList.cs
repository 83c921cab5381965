using System.Collections;

namespace Analytics.Jinja.Values;

/// <summary>Python's list: mutable and shared by reference.</summary>
public sealed class PyList : IReadOnlyList<object?>
{
    /// <summary>An empty list.</summary>
    public PyList()
    {
        Items = [];
    }

    /// <summary>A list of the values.</summary>
    public PyList(IEnumerable<object?> items)
    {
        Items = [.. items];
    }

    internal PyList(List<object?> items)
    {
        Items = items;
    }

    /// <inheritdoc />
    public int Count => Items.Count;

    internal List<object?> Items { get; }

    /// <summary>The item at a zero-based index.</summary>
    public object? this[int index]
    {
        get => Items[index];
        set => Items[index] = value;
    }

    /// <summary>Appends a value.</summary>
    public void Add(object? item) => Items.Add(item);

    /// <inheritdoc />
    public IEnumerator<object?> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
