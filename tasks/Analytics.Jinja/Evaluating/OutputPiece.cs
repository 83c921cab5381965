namespace Analytics.Jinja.Evaluating;

/// <summary>
/// A stretch of output that one place wrote, up to the start of the next one. Three numbers and no reference: a render
/// writes hundreds, and the file and the macro call are the same for most that follow each other (<see cref="OutputRun"/>).
/// </summary>
/// <param name="Start">Zero-based offset in the output.</param>
/// <param name="SourceStart">Zero-based offset in the file.</param>
/// <param name="SourceLength">Length in the file; negative for literal text, which is as long there as in the output.</param>
internal readonly record struct OutputPiece(int Start, int SourceStart, int SourceLength)
{
    public bool IsLiteral => SourceLength < 0;
}
