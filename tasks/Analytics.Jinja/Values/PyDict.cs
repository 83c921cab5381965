using System.Collections;

namespace Analytics.Jinja.Values;

/// <summary>
/// Python's dict: mutable, shared by reference, in the order of insertion. Keys are compared as Python compares them
/// (<c>1</c>, <c>1.0</c> and <c>true</c> are one key).
/// </summary>
public sealed class PyDict : IReadOnlyCollection<KeyValuePair<object?, object?>>
{
    private readonly OrderedDictionary<object, object?> entries;

    /// <summary>An empty dict.</summary>
    public PyDict()
    {
        entries = new OrderedDictionary<object, object?>(PyKey.Comparer);
    }

    /// <summary>A dict of the pairs; a later pair replaces an earlier one of the same key.</summary>
    public PyDict(IEnumerable<KeyValuePair<object?, object?>> pairs)
        : this()
    {
        ArgumentNullException.ThrowIfNull(pairs);
        foreach (var pair in pairs)
        {
            this[pair.Key] = pair.Value;
        }
    }

    /// <inheritdoc />
    public int Count => entries.Count;

    /// <summary>The keys in order.</summary>
    public IEnumerable<object?> Keys
    {
        get
        {
            for (var i = 0; i < entries.Count; i++)
            {
                yield return KeyAt(i);
            }
        }
    }

    /// <summary>The values in order.</summary>
    public IEnumerable<object?> Values
    {
        get
        {
            for (var i = 0; i < entries.Count; i++)
            {
                yield return ValueAt(i);
            }
        }
    }

    /// <summary>The value of a key; setting a new key appends it.</summary>
    /// <exception cref="KeyNotFoundException">The key is absent.</exception>
    public object? this[object? key]
    {
        get => entries[PyKey.Wrap(key)];
        set => entries[PyKey.Wrap(key)] = value;
    }

    /// <summary>Adds or replaces; lets a collection initializer build a dict.</summary>
    public void Add(object? key, object? value) => this[key] = value;

    /// <summary>Finds a value.</summary>
    public bool TryGet(object? key, out object? value) => entries.TryGetValue(PyKey.Wrap(key), out value);

    /// <summary>True when the key is there.</summary>
    public bool Contains(object? key) => entries.ContainsKey(PyKey.Wrap(key));

    /// <summary>Removes a key; false when it was absent.</summary>
    public bool Remove(object? key) => entries.Remove(PyKey.Wrap(key));

    /// <summary>Removes all keys.</summary>
    public void Clear() => entries.Clear();

    /// <summary>A new dict with the same keys and values.</summary>
    public PyDict Copy() => new(this);

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator()
    {
        for (var i = 0; i < entries.Count; i++)
        {
            yield return new KeyValuePair<object?, object?>(KeyAt(i), ValueAt(i));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal object? KeyAt(int index) => PyKey.Unwrap(entries.GetAt(index).Key);

    internal object? ValueAt(int index) => entries.GetAt(index).Value;

    internal void RemoveAt(int index) => entries.RemoveAt(index);
}
