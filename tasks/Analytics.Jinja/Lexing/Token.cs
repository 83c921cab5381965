namespace Analytics.Jinja.Lexing;

/// <summary>A token as a place in the file; its text is read from there.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Zero-based UTF-16 offset in the file.</param>
/// <param name="Length">Length in UTF-16 code units.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;
}
