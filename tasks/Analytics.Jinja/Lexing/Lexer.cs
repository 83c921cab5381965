using Analytics.Text;

namespace Analytics.Jinja.Lexing;

/// <summary>
/// Splits a template into tokens: text between tags (already without the white space that <c>-</c> takes away) and what
/// is inside tags. Comments vanish, the inside of <c>raw</c> becomes text.
/// </summary>
internal sealed class Lexer
{
    private readonly SourceFile file;
    private readonly string text;
    private readonly int start;
    private readonly int end;
    private readonly List<Token> tokens = [];

    private Lexer(SourceSpan part)
    {
        file = part.File;
        text = part.File.Text;
        start = part.Start;
        end = part.End;
    }

    /// <summary>All tokens, the last one of kind End.</summary>
    /// <param name="part">The template.</param>
    /// <param name="dropLastNewline">Jinja ignores one newline at the end of a template.</param>
    /// <exception cref="TemplateException">Kind Syntax.</exception>
    public static Token[] Tokenize(SourceSpan part, bool dropLastNewline = true)
    {
        if (dropLastNewline && part.Length > 0)
        {
            var text = part.File.Text;
            if (text[part.End - 1] is '\n' or '\r')
            {
                var crlf = part.Length > 1 && text[part.End - 1] == '\n' && text[part.End - 2] == '\r';
                part = part with { Length = part.Length - (crlf ? 2 : 1) };
            }
        }

        var lexer = new Lexer(part);
        lexer.Run();
        return [.. lexer.tokens];
    }

    private void Run()
    {
        var position = start;
        while (position < end)
        {
            var mark = NextTag(position);
            if (mark < 0)
            {
                AddText(position, end);
                break;
            }

            var sign = mark + 2 < end && text[mark + 2] is '-' or '+' ? text[mark + 2] : '\0';
            AddText(position, sign == '-' ? PyChars.TrimEnd(text, position, mark) : mark);
            var inside = mark + 2 + (sign == '\0' ? 0 : 1);
            position = text[mark + 1] switch
            {
                '#' => Comment(mark, inside),
                '{' => Tag(mark, inside, TokenKind.VariableBegin, TokenKind.VariableEnd, '}'),
                _ => RawOrBlock(mark, inside),
            };
        }

        tokens.Add(new Token(TokenKind.End, end, 0));
    }

    private int NextTag(int from)
    {
        var span = text.AsSpan(0, end);
        while (from + 1 < end)
        {
            var found = span[from..].IndexOf('{');
            if (found < 0 || from + found + 1 >= end)
            {
                return -1;
            }

            from += found;
            if (text[from + 1] is '{' or '%' or '#')
            {
                return from;
            }

            from++;
        }

        return -1;
    }

    private void AddText(int from, int to)
    {
        if (to > from)
        {
            tokens.Add(new Token(TokenKind.Text, from, to - from));
        }
    }

    private int Comment(int mark, int inside)
    {
        var close = text.IndexOf("#}", inside, end - inside, StringComparison.Ordinal);
        if (close < 0)
        {
            throw SyntaxError.At(file.Span(mark, 2), "The comment is not closed: '#}' is missing");
        }

        return close > inside && text[close - 1] == '-' ? PyChars.TrimStart(text, close + 2, end) : close + 2;
    }

    private int RawOrBlock(int mark, int inside)
    {
        var position = PyChars.TrimStart(text, inside, end);
        if (Word(position, "raw", out var afterName))
        {
            var close = PyChars.TrimStart(text, afterName, end);
            if (TagEnd(close, out var body))
            {
                return Raw(mark, body);
            }
        }

        return Tag(mark, inside, TokenKind.BlockBegin, TokenKind.BlockEnd, '%');
    }

    private int Raw(int mark, int body)
    {
        var search = body;
        while (true)
        {
            var close = text.IndexOf("{%", search, end - search, StringComparison.Ordinal);
            if (close < 0)
            {
                throw SyntaxError.At(
                    file.Span(mark, body - mark),
                    "The raw block is not closed: '{% endraw %}' is missing"
                );
            }

            var position = close + 2;
            var trims = position < end && text[position] == '-';
            if (position < end && text[position] is '-' or '+')
            {
                position++;
            }

            position = PyChars.TrimStart(text, position, end);
            if (
                Word(position, "endraw", out var afterName)
                && TagEnd(PyChars.TrimStart(text, afterName, end), out var after)
            )
            {
                AddText(body, trims ? PyChars.TrimEnd(text, body, close) : close);
                return after;
            }

            search = close + 2;
        }
    }

    private bool Word(int position, string word, out int after)
    {
        after = position + word.Length;
        return after <= end
            && string.CompareOrdinal(text, position, word, 0, word.Length) == 0
            && (after == end || !PyChars.IsNamePart(text[after]));
    }

    // The end of a block tag with its sign; the white space after '-%}' belongs to it.
    private bool TagEnd(int position, out int after)
    {
        after = position;
        var sign = position < end && text[position] is '-' or '+' ? text[position++] : '\0';
        if (position + 1 >= end || text[position] != '%' || text[position + 1] != '}')
        {
            return false;
        }

        after = sign == '-' ? PyChars.TrimStart(text, position + 2, end) : position + 2;
        return true;
    }

    private int Tag(int mark, int inside, TokenKind begin, TokenKind close, char closer)
    {
        tokens.Add(new Token(begin, mark, inside - mark));
        var expression = new ExpressionLexer(file, text, end, tokens);
        var position = inside;
        while (true)
        {
            position = PyChars.TrimStart(text, position, end);
            if (position >= end)
            {
                throw expression.Runaway() is { } open
                    ? ExpressionLexer.NotClosed(file, open.Start)
                    : SyntaxError.At(
                        file.Span(mark, 2),
                        $"The tag is not closed: '{(closer == '}' ? "}}" : "%}")}' is missing"
                    );
            }

            if (!expression.InsideBrackets)
            {
                // '+%}' ends a block, but '+}}' does not end an expression.
                var signed = text[position] == '-' || (text[position] == '+' && closer == '%') ? 1 : 0;
                var at = position + signed;
                if (at + 1 < end && text[at] == closer && text[at + 1] == '}')
                {
                    tokens.Add(new Token(close, position, at + 2 - position));
                    return text[position] == '-' ? PyChars.TrimStart(text, at + 2, end) : at + 2;
                }
            }

            position = expression.Next(position);
        }
    }
}
