using Analytics.Text;

namespace Analytics.Compiler.Loading.Selectors;

/// <summary>A selection with a name, from <c>selectors.yml</c>.</summary>
/// <param name="Name">What <c>-p:Selector=</c> and other selectors call it.</param>
/// <param name="NameSpan">Where the name stands.</param>
/// <param name="Description">Empty when absent.</param>
/// <param name="IsDefault">
/// Whether it counts where a publish says nothing of what to select: true, false, or a template that says it, which is not
/// rendered here.
/// </param>
/// <param name="Definition">What it selects.</param>
public sealed record SelectorDeclaration(
    string Name,
    SourceSpan NameSpan,
    string Description,
    SelectorDefault IsDefault,
    SelectorExpression Definition
);

/// <summary>Whether a selector is the default.</summary>
/// <param name="Value">What is written; false when absent.</param>
/// <param name="Template">A template that renders to a boolean; null where <paramref name="Value"/> says it.</param>
public sealed record SelectorDefault(bool Value, string? Template);
