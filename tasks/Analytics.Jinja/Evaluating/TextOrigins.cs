using System.Diagnostics.CodeAnalysis;

namespace Analytics.Jinja.Evaluating;

/// <summary>
/// Remembers what wrote the texts that were captured (a macro's result, a <c>set</c> block, <c>caller()</c>) while they
/// travel as plain values. Keyed by instance: a captured text is always a fresh one.
/// </summary>
internal sealed class TextOrigins
{
    private Dictionary<string, SourceSegment[]>? known;

    public void Remember(string text, SourceSegment[] origins)
    {
        known ??= new Dictionary<string, SourceSegment[]>(ReferenceEqualityComparer.Instance);
        known[text] = origins;
    }

    public bool TryFind(string text, [NotNullWhen(true)] out SourceSegment[]? origins)
    {
        origins = null;
        return known is not null && known.TryGetValue(text, out origins);
    }

    public string Part(string whole, int start, int length)
    {
        if (length == whole.Length)
        {
            return whole;
        }

        var part = whole.Substring(start, length);
        if (length > 0 && TryFind(whole, out var origins))
        {
            var end = start + length;
            var kept = new List<SourceSegment>();
            foreach (var origin in origins)
            {
                if (origin.OutputStart < end && origin.OutputEnd > start)
                {
                    kept.Add(origin.Window(start, end, 0));
                }
            }

            Remember(part, [.. kept]);
        }

        return part;
    }
}
