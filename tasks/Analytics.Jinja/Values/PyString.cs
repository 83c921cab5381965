namespace Analytics.Jinja.Values;

/// <summary>Texts as Python counts them, in code points; a text without surrogates is counted as it is.</summary>
internal static class PyString
{
    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    public static bool IsPlain(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    public static int Length(string text)
    {
        if (IsPlain(text))
        {
            return text.Length;
        }

        var count = 0;
        for (var i = 0; i < text.Length; i += StepAt(text, i))
        {
            count++;
        }

        return count;
    }

    /// <summary>The code points as texts.</summary>
    public static IEnumerable<object?> Characters(string text)
    {
        for (var i = 0; i < text.Length; )
        {
            var step = StepAt(text, i);
            yield return step == 1 ? Character(text[i]) : text.Substring(i, step);
            i += step;
        }
    }

    /// <summary>The UTF-16 offset of a code point.</summary>
    public static int Offset(string text, int codePoint)
    {
        if (IsPlain(text))
        {
            return Math.Min(codePoint, text.Length);
        }

        var at = 0;
        for (; codePoint > 0 && at < text.Length; codePoint--)
        {
            at += StepAt(text, at);
        }

        return at;
    }

    /// <summary>The number of code points before a UTF-16 offset.</summary>
    public static int CodePointIndex(string text, int offset) => Length(text[..offset]);

    public static string? ItemAt(string text, int index)
    {
        if (IsPlain(text))
        {
            return index >= 0 && index < text.Length ? Character(text[index]) : null;
        }

        var at = Offset(text, index);
        return index >= 0 && at < text.Length ? text.Substring(at, StepAt(text, at)) : null;
    }

    private static int StepAt(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;

    private static string Character(char c) => c < Ascii.Length ? Ascii[c] : c.ToString();
}
