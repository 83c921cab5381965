using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Deployment.Planning.Selection;

/// <summary>A selection, taken apart.</summary>
/// <param name="Span">Where it is written in <c>selectors.yml</c>; null for a property.</param>
internal abstract record SelectionPart(SourceSpan? Span);

/// <summary>One word of dbt's selection grammar: <c>2+tag:nightly+</c>.</summary>
/// <param name="Method">The method, given or guessed: <c>tag</c>, <c>config.meta.owner</c>.</param>
/// <param name="Value">What is looked for.</param>
/// <param name="Above">How many generations of what it reads come with it; null for all.</param>
/// <param name="Below">How many generations of its readers come with it; null for all.</param>
/// <param name="BuildAll">The <c>@</c> operator: all readers, and everything that any of them reads.</param>
/// <param name="Tests">Which tests come with what is found; null for the rule of the whole selection.</param>
/// <param name="Text">The word as people wrote it, for messages.</param>
/// <param name="Span">See <see cref="SelectionPart"/>.</param>
internal sealed record Criterion(
    string Method,
    string Value,
    int? Above,
    int? Below,
    bool BuildAll,
    IndirectSelection? Tests,
    string Text,
    SourceSpan? Span
) : SelectionPart(Span)
{
    /// <summary>The method without its argument.</summary>
    public string MethodName => Method.Split('.')[0];

    /// <summary>Whether relatives of what is found come with it.</summary>
    public bool HasRelatives => BuildAll || Above != 0 || Below != 0;
}

/// <summary>Parts that are united or intersected, and what is taken away from the result.</summary>
/// <param name="IsIntersection">Whether a node must be in all parts.</param>
/// <param name="Parts">The parts; none select nothing.</param>
/// <param name="Exclude">What is taken away; empty for nothing.</param>
/// <param name="Span">See <see cref="SelectionPart"/>.</param>
internal sealed record Combination(
    bool IsIntersection,
    ImmutableArray<SelectionPart> Parts,
    ImmutableArray<SelectionPart> Exclude,
    SourceSpan? Span
) : SelectionPart(Span);

/// <summary>Which tests come with selected nodes, though nobody named them.</summary>
internal enum IndirectSelection
{
    /// <summary>Those that read any selected node.</summary>
    Eager,

    /// <summary>Those that read selected nodes only.</summary>
    Cautious,

    /// <summary>Those that read selected nodes, what these are made of, and sources.</summary>
    Buildable,

    /// <summary>None.</summary>
    Empty,
}
