namespace Analytics.Compiler.Loading.Yaml;

/// <summary>The anchor and the tag that may stand before a value.</summary>
internal static class YamlProperties
{
    /// <summary>The offset of the value itself, after its anchor and tag.</summary>
    public static int Skip(string text, int offset)
    {
        while (offset < text.Length && text[offset] is '&' or '!')
        {
            while (offset < text.Length && !char.IsWhiteSpace(text[offset]))
            {
                offset++;
            }

            offset = SkipBlank(text, offset);
        }

        return offset;
    }

    private static int SkipBlank(string text, int offset)
    {
        while (offset < text.Length && (char.IsWhiteSpace(text[offset]) || text[offset] == '#'))
        {
            var comment = text[offset] == '#';
            offset++;
            while (comment && offset < text.Length && text[offset] is not ('\n' or '\r'))
            {
                offset++;
            }
        }

        return offset;
    }
}
