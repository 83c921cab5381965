using Analytics.Jinja.Lexing;
using Analytics.Text;

namespace Analytics.Jinja.Parsing;

/// <summary>The tokens of a template with a cursor.</summary>
internal sealed class TokenStream(SourceFile file, Token[] tokens)
{
    private int position;

    public SourceFile File => file;

    public Token Current => tokens[position];

    public Token Previous => tokens[Math.Max(position - 1, 0)];

    public Token Ahead => tokens[Math.Min(position + 1, tokens.Length - 1)];

    public SourceSpan Span(Token token) => file.Span(token.Start, token.Length);

    public SourceSpan From(int start) => file.Span(start, Previous.End - start);

    public ReadOnlySpan<char> Text(Token token) => file.Text.AsSpan(token.Start, token.Length);

    public Token Next()
    {
        var token = Current;
        if (position + 1 < tokens.Length)
        {
            position++;
        }

        return token;
    }

    public bool Is(TokenKind kind) => Current.Kind == kind;

    public bool IsName(string name) => IsName(Current, name);

    public bool IsName(Token token, string name) =>
        token.Kind == TokenKind.Name && Text(token).Equals(name, StringComparison.Ordinal);

    public bool Skip(TokenKind kind)
    {
        if (!Is(kind))
        {
            return false;
        }

        Next();
        return true;
    }

    public bool SkipName(string name)
    {
        if (!IsName(name))
        {
            return false;
        }

        Next();
        return true;
    }

    public Token Expect(TokenKind kind)
    {
        if (!Is(kind))
        {
            throw Unexpected($"expected {TokenNames.Of(kind)}");
        }

        return Next();
    }

    public void ExpectName(string name)
    {
        if (!SkipName(name))
        {
            throw Unexpected($"expected '{name}'");
        }
    }

    /// <summary>True when the tag that the cursor is in ends with a name.</summary>
    public bool EndsWithName(string name)
    {
        var at = position;
        while (tokens[at].Kind is not (TokenKind.BlockEnd or TokenKind.End))
        {
            at++;
        }

        return at > position
            && (
                IsName(tokens[at - 1], name)
                || (tokens[at - 1].Kind == TokenKind.Colon && at - 1 > position && IsName(tokens[at - 2], name))
            );
    }

    /// <summary>An error at the current token.</summary>
    public TemplateException Unexpected(string? expected = null)
    {
        var token = Current;
        if (ExpressionLexer.IsRunaway(Previous, File.Text))
        {
            return ExpressionLexer.NotClosed(File, Previous.Start);
        }

        var shown = token.Kind is TokenKind.End or TokenKind.Text ? TokenNames.Of(token.Kind) : $"'{Shown(token)}'";
        return SyntaxError.At(Span(token), $"Unexpected {shown}" + (expected is null ? "" : $", {expected}"));
    }

    private string Shown(Token token) => Text(token).Trim().ToString();
}
