namespace Analytics.Compiler.Rendering;

/// <summary>One batch of a <c>microbatch</c> model.</summary>
/// <param name="Id">What templates see as <c>model.batch.id</c>.</param>
/// <param name="Start">Where it begins, UTC.</param>
/// <param name="End">Where it ends, UTC; not part of it.</param>
public sealed record BatchWindow(string Id, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Its time.</summary>
    internal EventWindow Time => new(Start, End);
}
