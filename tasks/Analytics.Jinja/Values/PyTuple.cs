using System.Collections;

namespace Analytics.Jinja.Values;

/// <summary>Python's tuple: immutable.</summary>
public sealed class PyTuple : IReadOnlyList<object?>
{
    internal static readonly PyTuple Empty = new([]);

    /// <summary>A tuple of the values.</summary>
    public PyTuple(IEnumerable<object?> items)
        : this(items.ToArray()) { }

    internal PyTuple(object?[] items)
    {
        Items = items;
    }

    /// <inheritdoc />
    public int Count => Items.Length;

    internal object?[] Items { get; }

    /// <summary>The item at a zero-based index.</summary>
    public object? this[int index] => Items[index];

    /// <inheritdoc />
    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
