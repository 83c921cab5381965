using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>One of the versions of a model.</summary>
/// <param name="Value">What <c>v</c> says: a long, a double or a string.</param>
/// <param name="Text">The same as text: the last part of the model's unique id, after <c>v</c>.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="FileName">The stem of the file that holds its SQL: <c>defined_in</c>, or the model's name and <c>_v1</c>.</param>
/// <param name="IsLatest">Whether a <c>ref</c> without a version means it; the file of this one may bear the model's bare name.</param>
/// <param name="Properties">The model's entry as this version sees it, its own keys over the model's.</param>
public sealed record ModelVersion(
    object Value,
    string Text,
    SourceSpan Span,
    string FileName,
    bool IsLatest,
    ResourceProperties Properties
)
{
    /// <summary><see cref="Value"/> of the latest version of the model.</summary>
    public object? Latest { get; init; }
}
