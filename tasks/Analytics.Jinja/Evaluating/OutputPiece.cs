namespace Analytics.Jinja.Evaluating;

/// <summary>A run of output, up to the start of the next one. Kept small: a render writes hundreds.</summary>
/// <param name="Start">Zero-based offset in the output.</param>
/// <param name="Source">What wrote it.</param>
/// <param name="Chain">The macro calls under way.</param>
internal readonly record struct OutputPiece(int Start, ITextSource Source, CallChain? Chain)
{
    /// <summary>The pieces of a window of a text, moved so that the window starts at zero.</summary>
    /// <param name="pieces">The pieces of the text.</param>
    /// <param name="total">Length of the text.</param>
    /// <param name="start">Start of the window.</param>
    /// <param name="length">Its length, at least one.</param>
    public static OutputPiece[] Window(OutputPiece[] pieces, int total, int start, int length)
    {
        var window = new List<OutputPiece>();
        for (var i = 0; i < pieces.Length; i++)
        {
            var piece = pieces[i];
            var end = i + 1 < pieces.Length ? pieces[i + 1].Start : total;
            if (end <= start || piece.Start >= start + length)
            {
                continue;
            }

            var cut = start - piece.Start;
            var source =
                cut > 0 && piece.Source.IsLiteral
                    ? new LiteralPart(piece.Source.Span.Slice(cut, end - start))
                    : piece.Source;
            window.Add(new OutputPiece(Math.Max(piece.Start - start, 0), source, piece.Chain));
        }

        return [.. window];
    }
}
