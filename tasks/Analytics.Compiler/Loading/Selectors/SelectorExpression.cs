using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Selectors;

/// <summary>A part of a selector: words, one criterion, or several parts together.</summary>
/// <param name="Span">Where it is written.</param>
public abstract record SelectorExpression(SourceSpan Span);

/// <summary>A selection as it is written on a command line: words are united, commas intersect.</summary>
/// <param name="Text">For example <c>tag:nightly+ my_model,config.materialized:table</c>.</param>
/// <param name="Span">See <see cref="SelectorExpression"/>.</param>
public sealed record SelectorWords(string Text, SourceSpan Span) : SelectorExpression(Span);

/// <summary>What a method finds, with its relatives.</summary>
/// <param name="Method">One of dbt's methods, with its argument after a dot where it takes one: <c>config.materialized</c>.</param>
/// <param name="Value">What is looked for.</param>
/// <param name="Parents">How many generations of what it reads come with it: zero for none, null for all.</param>
/// <param name="Children">How many generations of its readers come with it: zero for none, null for all.</param>
/// <param name="ChildrensParents">The operator <c>@</c>: all readers, and everything that any of them reads.</param>
/// <param name="IndirectSelection">
/// Which tests come with what is found: <c>eager</c>, <c>cautious</c>, <c>buildable</c> or <c>empty</c>; null for the
/// rule of the whole selection.
/// </param>
/// <param name="Exclude">What is taken away again; empty for nothing.</param>
/// <param name="Span">See <see cref="SelectorExpression"/>.</param>
public sealed record SelectorCriterion(
    string Method,
    string Value,
    int? Parents,
    int? Children,
    bool ChildrensParents,
    string? IndirectSelection,
    ImmutableArray<SelectorExpression> Exclude,
    SourceSpan Span
) : SelectorExpression(Span)
{
    /// <summary>The name of the selector that is meant; null for any other method than <c>selector</c>.</summary>
    public string? Selector => Method == "selector" ? Value : null;
}

/// <summary>What any of the parts selects, or what all of them do.</summary>
/// <param name="IsIntersection">Whether all of them must.</param>
/// <param name="Parts">At least one.</param>
/// <param name="Exclude">What is taken away from the result; empty for nothing.</param>
/// <param name="Span">See <see cref="SelectorExpression"/>.</param>
public sealed record SelectorGroup(
    bool IsIntersection,
    ImmutableArray<SelectorExpression> Parts,
    ImmutableArray<SelectorExpression> Exclude,
    SourceSpan Span
) : SelectorExpression(Span);
