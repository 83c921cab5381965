using Analytics.Text;

namespace Analytics.Jinja.Values;

/// <summary>
/// What a missing name, attribute, item or parameter gives. It prints as nothing and is false; most other uses are
/// errors. Immutable.
/// </summary>
public sealed class Undefined
{
    private readonly TemplateErrorKind kind;
    private readonly string? message;

    internal Undefined(
        TemplateErrorKind kind,
        string? name,
        string? message = null,
        SourceSpan? origin = null,
        bool captures = false
    )
    {
        this.kind = kind;
        this.message = message;
        Name = name;
        Origin = origin;
        Captures = captures;
    }

    /// <summary>The name that was not found; null when it had none, such as an <c>if</c> expression without <c>else</c>.</summary>
    public string? Name { get; }

    /// <summary>What is wrong with using it, as an error would say.</summary>
    public string Message => message ?? $"'{Name}' is undefined";

    /// <summary>The token that gave the value; null when no token did.</summary>
    internal SourceSpan? Origin { get; }

    /// <summary>True under <see cref="UndefinedBehavior.Capture"/>.</summary>
    internal bool Captures { get; }

    internal PyError Error() => new(kind, Message, Name, Origin);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Undefined;

    /// <inheritdoc />
    public override int GetHashCode() => 1;

    /// <summary>The empty text.</summary>
    public override string ToString() => "";
}
