namespace Analytics.Jinja.Evaluating;

/// <summary>How a statement ended.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,

    /// <summary>A macro returns; the value is <see cref="RenderContext.ReturnValue"/>.</summary>
    Return,
}
