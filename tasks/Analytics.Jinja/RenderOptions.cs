namespace Analytics.Jinja;

/// <summary>The limits and rules of a render. Each limit ends the render with its own message, of kind Limit.</summary>
public sealed record RenderOptions
{
    /// <summary>The defaults.</summary>
    public static RenderOptions Default { get; } = new();

    /// <summary>What undefined names may be used for.</summary>
    public UndefinedBehavior Undefined { get; init; }

    /// <summary>How many statements, loop rounds and calls one context may execute in all its renders together.</summary>
    public long MaxSteps { get; init; } = 10_000_000;

    /// <summary>How deep macro calls and recursive loops may nest. The stack of the thread may end before.</summary>
    public int MaxDepth { get; init; } = 200;

    /// <summary>
    /// The most characters (UTF-16 code units) that one output may have, and the most items or characters that one value
    /// may get by repetition, padding or formatting.
    /// </summary>
    public int MaxOutputLength { get; init; } = 50_000_000;
}
