using Analytics.Jinja.Lexing;
using Analytics.Text;

namespace Analytics.Jinja.Blocks;

/// <summary>Finds the tags of a file one by one. Looks into no expression further than its quotes.</summary>
internal sealed class TagReader(SourceFile file, List<TemplateError> errors)
{
    private readonly string text = file.Text;
    private int position;

    /// <summary>The next tag; null at the end of the file. What is not closed is reported once and ends the file.</summary>
    public BlockTag? Next()
    {
        while (position + 1 < text.Length)
        {
            position = text.IndexOf('{', position);
            if (position < 0 || position + 1 >= text.Length)
            {
                break;
            }

            switch (text[position + 1])
            {
                case '#':
                    Comment();
                    break;
                case '{':
                    Close(position, "}}");
                    break;
                case '%':
                    if (Tag() is { } tag)
                    {
                        return tag;
                    }

                    break;
                default:
                    position++;
                    break;
            }
        }

        position = text.Length;
        return null;
    }

    private void Comment()
    {
        var end = text.IndexOf("#}", position + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            Unclosed(position, "The comment is not closed: '#}' is missing");
            return;
        }

        position = end + 2;
    }

    private BlockTag? Tag()
    {
        var start = position;
        var name = Word(After(start + 2));
        if (!Close(start, "%}"))
        {
            return null;
        }

        var span = file.Span(start, position - start);
        if (name is { Text: "raw" })
        {
            SkipRaw(span);
            return null;
        }

        var argument = name is null ? null : Word(Skip(name.Value.End));
        return new BlockTag(name?.Text ?? "", argument?.End <= position ? argument : null, span);
    }

    private void SkipRaw(SourceSpan opening)
    {
        for (var at = position; at >= 0; at += 2)
        {
            at = text.IndexOf("{%", at, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            var end = Word(After(at + 2)) is { Text: "endraw" } word
                ? text.IndexOf("%}", word.End, StringComparison.Ordinal)
                : -1;
            if (end >= 0)
            {
                position = end + 2;
                return;
            }
        }

        Unclosed(opening.Start, "The raw block is not closed: '{% endraw %}' is missing");
    }

    // Moves behind the end of a tag; brackets inside must be closed before '}}' counts, quotes hide everything.
    private bool Close(int start, string closer)
    {
        var braces = 0;
        for (var at = start + 2; at < text.Length; at++)
        {
            var c = text[at];
            if (c is '\'' or '"')
            {
                at = EndOfQuote(at);
            }
            else if (braces == 0 && c == closer[0] && at + 1 < text.Length && text[at + 1] == '}')
            {
                position = at + 2;
                return true;
            }
            else if (c is '{')
            {
                braces++;
            }
            else if (c is '}' && braces > 0)
            {
                braces--;
            }
        }

        Unclosed(start, $"The tag is not closed: '{closer}' is missing");
        return false;
    }

    private int EndOfQuote(int start)
    {
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == text[start])
            {
                return at;
            }
        }

        return text.Length;
    }

    private void Unclosed(int start, string message)
    {
        errors.Add(new TemplateError(TemplateErrorKind.Syntax, message, file.Span(start, 2), []));
        position = text.Length;
    }

    private int After(int at) => Skip(at < text.Length && text[at] is '-' or '+' ? at + 1 : at);

    private int Skip(int at) => PyChars.TrimStart(text, at, text.Length);

    private SourceSpan? Word(int at)
    {
        if (at >= text.Length || !PyChars.IsNameStart(text[at]))
        {
            return null;
        }

        var end = at;
        while (end < text.Length && PyChars.IsNamePart(text[end]))
        {
            end++;
        }

        return file.Span(at, end - at);
    }
}
