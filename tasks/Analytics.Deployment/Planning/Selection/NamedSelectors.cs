using System.Collections.Immutable;
using Analytics.Compiler.Loading.Selectors;

namespace Analytics.Deployment.Planning.Selection;

/// <summary>The selectors of <c>selectors.yml</c>, which are known to be free of circles, as parts of a selection.</summary>
internal sealed class NamedSelectors(
    ImmutableArray<SelectorDeclaration> declarations,
    ICollection<SelectionProblem> problems
)
{
    private readonly SelectionWords words = new(problems);

    /// <summary>Their names, in the order of the file.</summary>
    public IEnumerable<string> Names => declarations.Select(declaration => declaration.Name);

    /// <summary>What a selector selects; null when there is none of the name.</summary>
    public SelectionPart? Find(string name) =>
        declarations.FirstOrDefault(declaration => declaration.Name == name) is { } found
            ? Part(found.Definition)
            : null;

    // The depth is that of the YAML file.
    private SelectionPart Part(SelectorExpression expression) =>
        expression switch
        {
            SelectorWords text => words.Read(text.Text, text.Span),
            SelectorGroup group => new Combination(
                group.IsIntersection,
                All(group.Parts),
                All(group.Exclude),
                group.Span
            ),
            SelectorCriterion { Exclude.IsEmpty: true } criterion => One(criterion),
            SelectorCriterion criterion => new Combination(
                false,
                [One(criterion)],
                All(criterion.Exclude),
                criterion.Span
            ),
            _ => throw new ArgumentException("Not a kind of selector.", nameof(expression)),
        };

    private ImmutableArray<SelectionPart> All(ImmutableArray<SelectorExpression> parts) => [.. parts.Select(Part)];

    private static Criterion One(SelectorCriterion criterion) =>
        new(
            criterion.Method,
            criterion.Value,
            criterion.Parents,
            criterion.Children,
            criterion.ChildrensParents,
            criterion.IndirectSelection is { } tests ? Enum.Parse<IndirectSelection>(tests, ignoreCase: true) : null,
            $"{criterion.Method}:{criterion.Value}",
            criterion.Span
        );
}
