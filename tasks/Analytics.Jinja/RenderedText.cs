namespace Analytics.Jinja;

/// <summary>What a render gave.</summary>
/// <param name="Text">The output.</param>
/// <param name="Map">Where each part of it was written.</param>
public sealed record RenderedText(string Text, SourceMap Map);
