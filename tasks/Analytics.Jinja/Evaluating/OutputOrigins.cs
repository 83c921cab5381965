namespace Analytics.Jinja.Evaluating;

/// <summary>What wrote a finished text.</summary>
/// <param name="pieces">In the order of the text, without gaps.</param>
/// <param name="runs">In the order of the pieces, without gaps.</param>
/// <param name="length">Length of the text.</param>
internal sealed class OutputOrigins(OutputPiece[] pieces, OutputRun[] runs, int length)
{
    public OutputPiece[] Pieces => pieces;

    public OutputRun[] Runs => runs;

    /// <summary>The end of a run: the index after its last piece.</summary>
    public int EndOfRun(int run) => run + 1 < runs.Length ? runs[run + 1].First : pieces.Length;

    /// <summary>The end of a piece in the text.</summary>
    public int EndOfPiece(int piece) => piece + 1 < pieces.Length ? pieces[piece + 1].Start : length;

    /// <summary>What wrote a window of the text, with offsets that begin at the window.</summary>
    /// <param name="start">Start of the window.</param>
    /// <param name="size">Its length, at least one.</param>
    public OutputOrigins Window(int start, int size)
    {
        var kept = new List<OutputPiece>();
        var keptRuns = new List<OutputRun>();
        for (var run = 0; run < runs.Length; run++)
        {
            var first = kept.Count;
            for (var i = runs[run].First; i < EndOfRun(run); i++)
            {
                var piece = pieces[i];
                if (EndOfPiece(i) > start && piece.Start < start + size)
                {
                    var cut = Math.Max(start - piece.Start, 0);
                    kept.Add(
                        new OutputPiece(
                            piece.Start + cut - start,
                            piece.IsLiteral ? piece.SourceStart + cut : piece.SourceStart,
                            piece.SourceLength
                        )
                    );
                }
            }

            if (kept.Count > first)
            {
                keptRuns.Add(runs[run] with { First = first });
            }
        }

        return new OutputOrigins([.. kept], [.. keptRuns], size);
    }
}
