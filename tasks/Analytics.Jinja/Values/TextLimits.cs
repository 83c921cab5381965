namespace Analytics.Jinja.Values;

/// <summary>Bounds for numbers that say how wide something gets: nobody pads a text to a million characters.</summary>
internal static class TextLimits
{
    public const int MaxWidth = 1_000_000;

    /// <summary>The most items that a list may get from a repetition or an iterator.</summary>
    public const int MaxItems = 5_000_000;

    public static PyError TooWide() => PyError.Limit($"A width or precision is larger than {MaxWidth}");

    public static PyError TooMany() => PyError.Limit($"A list would have more than {MaxItems} items");
}
