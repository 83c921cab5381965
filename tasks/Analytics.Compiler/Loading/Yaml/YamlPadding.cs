using System.Text;

namespace Analytics.Compiler.Loading.Yaml;

/// <summary>A text with blanks put in, and the way back to the offsets of the text as it was.</summary>
internal sealed class YamlPadding
{
    private readonly string original;
    private readonly SortedDictionary<int, int> inserted = [];
    private (int[] Starts, int[] Shifts) map = ([], []);

    public YamlPadding(string original)
    {
        this.original = original;
        Text = original;
    }

    /// <summary>The text with its blanks.</summary>
    public string Text { get; private set; }

    /// <summary>Puts blanks before each offset of the original text; false when all of them have theirs already.</summary>
    public bool Insert(IEnumerable<int> offsets, int count)
    {
        var changed = false;
        foreach (var offset in offsets)
        {
            changed |= inserted.TryAdd(offset, count);
        }

        if (changed)
        {
            Rebuild();
        }

        return changed;
    }

    /// <summary>The original offset of an offset into <see cref="Text"/>; a blank has that of what follows it.</summary>
    public int ToOriginal(long index)
    {
        var found = Array.BinarySearch(map.Starts, (int)Math.Min(index, Text.Length));
        var last = found >= 0 ? found : ~found - 1;
        if (last < 0)
        {
            return (int)Math.Min(index, original.Length);
        }

        // Inside the blanks themselves the shift is not yet whole.
        var before = last == 0 ? 0 : map.Shifts[last - 1];
        var start = map.Starts[last] - before;
        return Math.Min(Math.Max(start, (int)Math.Min(index, Text.Length) - map.Shifts[last]), original.Length);
    }

    private void Rebuild()
    {
        var text = new StringBuilder(original.Length + inserted.Values.Sum());
        var starts = new List<int>(inserted.Count);
        var shifts = new List<int>(inserted.Count);
        var copied = 0;
        var shift = 0;
        foreach (var (offset, count) in inserted)
        {
            text.Append(original, copied, offset - copied);
            copied = offset;
            starts.Add(text.Length);
            shift += count;
            shifts.Add(shift);
            text.Append(' ', count);
        }

        Text = text.Append(original, copied, original.Length - copied).ToString();
        map = ([.. starts], [.. shifts]);
    }
}
