namespace Analytics.Jinja.Lexing;

/// <summary>Tokens as messages show them.</summary>
internal static class TokenNames
{
    public static string Of(TokenKind kind) =>
        kind switch
        {
            TokenKind.End => "the end of the template",
            TokenKind.Text => "text",
            TokenKind.VariableBegin => "'{{'",
            TokenKind.VariableEnd => "'}}'",
            TokenKind.BlockBegin => "'{%'",
            TokenKind.BlockEnd => "'%}'",
            TokenKind.Name => "a name",
            TokenKind.String => "a text",
            TokenKind.Integer => "an integer",
            TokenKind.Float => "a number",
            TokenKind.RightBracket => "']'",
            TokenKind.RightParenthesis => "')'",
            TokenKind.RightBrace => "'}'",
            TokenKind.LeftParenthesis => "'('",
            TokenKind.Assign => "'='",
            TokenKind.Comma => "','",
            TokenKind.Colon => "':'",
            _ => "an operator",
        };
}
