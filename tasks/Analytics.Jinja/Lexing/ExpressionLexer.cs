using Analytics.Text;

namespace Analytics.Jinja.Lexing;

/// <summary>Reads the tokens inside one tag. Knows the open brackets, because a tag cannot end inside them.</summary>
internal sealed class ExpressionLexer(SourceFile file, string text, int end, List<Token> tokens)
{
    private readonly Stack<char> brackets = new();
    private readonly int firstToken = tokens.Count;

    public bool InsideBrackets => brackets.Count > 0;

    /// <summary>Reads one token, which must not begin with white space, and gives the offset after it.</summary>
    public int Next(int position)
    {
        var c = text[position];
        int length;
        TokenKind kind;
        if (PyChars.IsNameStart(c))
        {
            length = NameLength(position);
            kind = TokenKind.Name;
        }
        else if (char.IsAsciiDigit(c))
        {
            length = NumberLength(position, out kind);
        }
        else if (c is '\'' or '"')
        {
            length = StringLength(position);
            kind = TokenKind.String;
        }
        else
        {
            kind = Operator(position, out length);
        }

        tokens.Add(new Token(kind, position, length));
        return position + length;
    }

    private int NameLength(int position)
    {
        var at = position + 1;
        while (at < end && PyChars.IsNamePart(text[at]))
        {
            at++;
        }

        return at - position;
    }

    private int StringLength(int position)
    {
        for (var at = position + 1; at < end; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == text[position])
            {
                return at + 1 - position;
            }
        }

        throw NotClosed(file, Runaway()?.Start ?? position);
    }

    /// <summary>
    /// The first text of the tag that holds the end of a tag. When something is wrong behind it, then most likely its own quote is
    /// missing, and the one that ends it was to begin another.
    /// </summary>
    public Token? Runaway()
    {
        for (var i = firstToken; i < tokens.Count; i++)
        {
            if (IsRunaway(tokens[i], text))
            {
                return tokens[i];
            }
        }

        return null;
    }

    /// <summary>Whether a token is such a text.</summary>
    public static bool IsRunaway(Token token, string text)
    {
        var part = text.AsSpan(token.Start, token.Length);
        return token.Kind == TokenKind.String
            && (part.Contains("}}", StringComparison.Ordinal) || part.Contains("%}", StringComparison.Ordinal));
    }

    /// <summary>The error of a text without an end.</summary>
    public static TemplateException NotClosed(SourceFile file, int quote) =>
        SyntaxError.At(file.Span(quote, 1), "The text is not closed: its quote is missing");

    private int NumberLength(int position, out TokenKind kind)
    {
        kind = TokenKind.Integer;
        if (text[position] == '0' && position + 2 < end)
        {
            var digits = (text[position + 1] | 0x20) switch
            {
                'x' => Digits(position + 2, char.IsAsciiHexDigit, true),
                'o' => Digits(position + 2, c => c is >= '0' and <= '7', true),
                'b' => Digits(position + 2, c => c is '0' or '1', true),
                _ => 0,
            };
            if (digits > 0)
            {
                return digits + 2;
            }
        }

        var length = Digits(position, char.IsAsciiDigit, false);
        var at = position + length;

        // A number after a dot is an item, not the rest of a float: 'x.1.2'.
        var afterDot = position > 0 && text[position - 1] == '.';
        if (!afterDot && at + 1 < end && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            kind = TokenKind.Float;
            at += 1 + Digits(at + 1, char.IsAsciiDigit, false);
        }

        if (!afterDot && at < end && text[at] is 'e' or 'E')
        {
            var exponent = at + 1 < end && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
            var digits = exponent < end ? Digits(exponent, char.IsAsciiDigit, false) : 0;
            if (digits > 0)
            {
                kind = TokenKind.Float;
                at = exponent + digits;
            }
        }

        return kind == TokenKind.Integer && text[position] == '0' ? LeadingZeros(position, at) : at - position;
    }

    // Like Python, Jinja has no decimal number with a leading zero: '007' is 00 and then 7, which no grammar accepts.
    private int LeadingZeros(int position, int stop)
    {
        var at = position;
        while (at < stop && text[at] is '0' or '_')
        {
            at++;
        }

        return text[at - 1] == '_' ? at - 1 - position : at - position;
    }

    private int Digits(int position, Func<char, bool> isDigit, bool leadingUnderscore)
    {
        var at = position;
        while (at < end)
        {
            if (isDigit(text[at]))
            {
                at++;
            }
            else if (
                text[at] == '_'
                && (at > position ? isDigit(text[at - 1]) : leadingUnderscore)
                && at + 1 < end
                && isDigit(text[at + 1])
            )
            {
                at += 2;
            }
            else
            {
                break;
            }
        }

        return at - position;
    }

    private TokenKind Operator(int position, out int length)
    {
        var next = position + 1 < end ? text[position + 1] : '\0';
        length = 2;
        switch (text[position])
        {
            case '/' when next == '/':
                return TokenKind.FloorDivide;
            case '*' when next == '*':
                return TokenKind.Power;
            case '=' when next == '=':
                return TokenKind.Equal;
            case '!' when next == '=':
                return TokenKind.NotEqual;
            case '>' when next == '=':
                return TokenKind.GreaterOrEqual;
            case '<' when next == '=':
                return TokenKind.LessOrEqual;
        }

        length = 1;
        switch (text[position])
        {
            case '+':
                return TokenKind.Add;
            case '-':
                return TokenKind.Subtract;
            case '/':
                return TokenKind.Divide;
            case '*':
                return TokenKind.Multiply;
            case '%':
                return TokenKind.Modulo;
            case '~':
                return TokenKind.Tilde;
            case '[':
                return Open(']', TokenKind.LeftBracket);
            case '(':
                return Open(')', TokenKind.LeftParenthesis);
            case '{':
                return Open('}', TokenKind.LeftBrace);
            case ']':
                return Close(position, TokenKind.RightBracket);
            case ')':
                return Close(position, TokenKind.RightParenthesis);
            case '}':
                return Close(position, TokenKind.RightBrace);
            case '>':
                return TokenKind.Greater;
            case '<':
                return TokenKind.Less;
            case '=':
                return TokenKind.Assign;
            case '.':
                return TokenKind.Dot;
            case ':':
                return TokenKind.Colon;
            case '|':
                return TokenKind.Pipe;
            case ',':
                return TokenKind.Comma;
            case ';':
                return TokenKind.Semicolon;
            default:
                throw SyntaxError.At(file.Span(position, 1), $"Unexpected character '{text[position]}'");
        }
    }

    private TokenKind Open(char closer, TokenKind kind)
    {
        brackets.Push(closer);
        return kind;
    }

    private TokenKind Close(int position, TokenKind kind)
    {
        if (brackets.Count == 0)
        {
            throw SyntaxError.At(file.Span(position, 1), $"Unexpected '{text[position]}'");
        }

        var expected = brackets.Pop();
        if (expected != text[position])
        {
            throw SyntaxError.At(file.Span(position, 1), $"Unexpected '{text[position]}', expected '{expected}'");
        }

        return kind;
    }
}
