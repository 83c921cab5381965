using System.Collections;

namespace Analytics.Jinja.Values;

/// <summary>
/// Python's dict: mutable, shared by reference, in the order of insertion. Keys are compared as Python compares them
/// (<c>1</c>, <c>1.0</c> and <c>true</c> are one key).
/// </summary>
public sealed class PyDict : IReadOnlyCollection<KeyValuePair<object?, object?>>
{
    // So many keys are found faster by looking at each than by hashing; templates rarely write more.
    private const int Scanned = 8;

    private Entry[] entries = [];
    private int[] buckets = [];

    /// <summary>An empty dict.</summary>
    public PyDict() { }

    /// <summary>A dict of the pairs; a later pair replaces an earlier one of the same key.</summary>
    public PyDict(IEnumerable<KeyValuePair<object?, object?>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        foreach (var pair in pairs)
        {
            this[pair.Key] = pair.Value;
        }
    }

    /// <inheritdoc />
    public int Count { get; private set; }

    /// <summary>The keys in order.</summary>
    public IEnumerable<object?> Keys
    {
        get
        {
            for (var i = 0; i < Count; i++)
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
            for (var i = 0; i < Count; i++)
            {
                yield return ValueAt(i);
            }
        }
    }

    /// <summary>The value of a key; setting a new key appends it.</summary>
    /// <exception cref="KeyNotFoundException">The key is absent.</exception>
    public object? this[object? key]
    {
        get => TryGet(key, out var value) ? value : throw new KeyNotFoundException();
        set
        {
            var index = IndexOf(key, out var hash);
            if (index >= 0)
            {
                entries[index].Value = value;
            }
            else
            {
                Append(key, hash, value);
            }
        }
    }

    /// <summary>Adds or replaces; lets a collection initializer build a dict.</summary>
    public void Add(object? key, object? value) => this[key] = value;

    /// <summary>Finds a value.</summary>
    public bool TryGet(object? key, out object? value)
    {
        var index = IndexOf(key, out _);
        value = index >= 0 ? entries[index].Value : null;
        return index >= 0;
    }

    /// <summary>True when the key is there.</summary>
    public bool Contains(object? key) => IndexOf(key, out _) >= 0;

    /// <summary>Removes a key; false when it was absent.</summary>
    public bool Remove(object? key)
    {
        var index = IndexOf(key, out _);
        if (index >= 0)
        {
            RemoveAt(index);
        }

        return index >= 0;
    }

    /// <summary>Removes all keys.</summary>
    public void Clear()
    {
        entries = [];
        buckets = [];
        Count = 0;
    }

    /// <summary>A new dict with the same keys and values.</summary>
    public PyDict Copy() =>
        new()
        {
            entries = [.. entries],
            buckets = [.. buckets],
            Count = Count,
        };

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return new KeyValuePair<object?, object?>(KeyAt(i), ValueAt(i));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal object? KeyAt(int index) => entries[index].Key;

    internal object? ValueAt(int index) => entries[index].Value;

    internal void RemoveAt(int index)
    {
        Count--;
        if (buckets.Length > 0 && index == Count)
        {
            // The youngest of a bucket comes first in it.
            buckets[Bucket(entries[index].Hash)] = entries[index].Next;
        }

        Array.Copy(entries, index + 1, entries, index, Count - index);
        entries[Count] = default;
        if (buckets.Length > 0 && index < Count)
        {
            Chain(buckets.Length);
        }
    }

    // The hash is computed only where there are buckets; a key that has none is refused either way.
    private int IndexOf(object? key, out int hash)
    {
        hash = 0;
        if (buckets.Length > 0)
        {
            hash = PyKey.Hash(key);
            for (var i = buckets[Bucket(hash)] - 1; i >= 0; i = entries[i].Next - 1)
            {
                if (entries[i].Hash == hash && PyKey.AreEqual(entries[i].Key, key))
                {
                    return i;
                }
            }

            return -1;
        }

        if (key is string text)
        {
            for (var i = 0; i < Count; i++)
            {
                if (entries[i].Key is string other && string.Equals(text, other, StringComparison.Ordinal))
                {
                    return i;
                }
            }

            return -1;
        }

        PyKey.Refuse(key);
        for (var i = 0; i < Count; i++)
        {
            if (PyKey.AreEqual(entries[i].Key, key))
            {
                return i;
            }
        }

        return -1;
    }

    private void Append(object? key, int hash, object? value)
    {
        if (Count == entries.Length)
        {
            Array.Resize(ref entries, Math.Max(4, Count * 2));
            if (Count >= Scanned)
            {
                hash = PyKey.Hash(key);
                for (var i = 0; i < Count && buckets.Length == 0; i++)
                {
                    entries[i].Hash = PyKey.Hash(entries[i].Key);
                }

                Chain(entries.Length * 2);
            }
        }

        entries[Count] = new Entry(key, value, hash);
        Count++;
        if (buckets.Length > 0)
        {
            Link(Count - 1);
        }
    }

    private void Chain(int size)
    {
        buckets = new int[size];
        for (var i = 0; i < Count; i++)
        {
            Link(i);
        }
    }

    private void Link(int index)
    {
        ref var bucket = ref buckets[Bucket(entries[index].Hash)];
        entries[index].Next = bucket;
        bucket = index + 1;
    }

    // A power of two; the upper bits of a hash take part.
    private int Bucket(int hash) => (hash ^ (hash >>> 16)) & (buckets.Length - 1);

    private struct Entry(object? key, object? value, int hash)
    {
        public readonly object? Key = key;
        public object? Value = value;
        public int Hash = hash;

        /// <summary>One more than the index of the next entry of the bucket.</summary>
        public int Next;
    }
}
