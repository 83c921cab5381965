namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>Into which batches the work of a <c>microbatch</c> model is cut.</summary>
/// <param name="Size">How long one is.</param>
/// <param name="Begin">Where the first one of all begins, UTC.</param>
/// <param name="Lookback">How many batches before the current one are done again.</param>
public sealed record BatchSettings(BatchSize Size, DateTimeOffset Begin, int Lookback);

/// <summary>How long a batch is, by the calendar in UTC.</summary>
public enum BatchSize
{
    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A year.</summary>
    Year,
}
