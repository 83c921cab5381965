using System.Text;

namespace Analytics.PgQuery.Reading;

/// <summary>
/// Gives one string for equal bytes, so that the words that every tree repeats (kinds, fields, names of columns) are made
/// once. Bounded: a slot that is taken by other bytes is overwritten. For one thread.
/// </summary>
internal sealed class NamePool
{
    private const int Slots = 4096;
    private const int LongestPooled = 63;

    private readonly byte[]?[] keys = new byte[]?[Slots];
    private readonly string[] values = new string[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestPooled)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var slot = Hash(utf8) % Slots;
        if (keys[slot] is not { } key || !utf8.SequenceEqual(key))
        {
            values[slot] = Encoding.UTF8.GetString(utf8);
            keys[slot] = utf8.ToArray();
        }

        return values[slot];
    }

    // FNV-1a.
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261;
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 16777619;
        }

        return hash ^ (hash >> 15);
    }
}
