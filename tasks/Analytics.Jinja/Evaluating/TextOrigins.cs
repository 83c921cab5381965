using System.Diagnostics.CodeAnalysis;

namespace Analytics.Jinja.Evaluating;

/// <summary>
/// Remembers what wrote the texts that were captured (a macro's result, a <c>set</c> block, <c>caller()</c>) while they
/// travel as plain values. Keyed by instance: a captured text is always a fresh one.
/// </summary>
internal sealed class TextOrigins
{
    private readonly Dictionary<string, OutputOrigins> known = new(ReferenceEqualityComparer.Instance);

    // One bit for each length modulo 64: most printed texts are no captured ones, and need no look-up then.
    private ulong lengths;

    public void Remember(string text, OutputOrigins origins)
    {
        known[text] = origins;
        lengths |= 1UL << text.Length;
    }

    public bool TryFind(string text, [NotNullWhen(true)] out OutputOrigins? origins)
    {
        origins = null;
        return (lengths & (1UL << text.Length)) != 0 && known.TryGetValue(text, out origins);
    }

    public string Part(string whole, int start, int length)
    {
        var part = whole.Substring(start, length);
        if (length > 0 && TryFind(whole, out var origins))
        {
            Remember(part, origins.Window(start, length));
        }

        return part;
    }
}
