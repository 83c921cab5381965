using System.Diagnostics.CodeAnalysis;

namespace Analytics.Jinja.Evaluating;

/// <summary>
/// Remembers what wrote the texts that were captured (a macro's result, a <c>set</c> block, <c>caller()</c>) while they
/// travel as plain values. Keyed by instance: a captured text is always a fresh one.
/// </summary>
internal sealed class TextOrigins
{
    private Dictionary<string, OutputPiece[]>? known;

    public void Remember(string text, OutputPiece[] origins)
    {
        known ??= new Dictionary<string, OutputPiece[]>(ReferenceEqualityComparer.Instance);
        known[text] = origins;
    }

    public bool TryFind(string text, [NotNullWhen(true)] out OutputPiece[]? origins)
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
            Remember(part, OutputPiece.Window(origins, whole.Length, start, length));
        }

        return part;
    }
}
