using Analytics.Text;

namespace Analytics.Jinja.Values;

/// <summary>
/// A mistake found by an operation that does not know where it was written. The node that ran the operation turns it
/// into a <see cref="TemplateException"/>; it never leaves the engine.
/// </summary>
internal sealed class PyError(TemplateErrorKind kind, string message, string? name = null, SourceSpan? origin = null)
    : Exception(message)
{
    public TemplateErrorKind Kind => kind;

    public string? Name => name;

    /// <summary>Where the undefined value came from, which is a better place than where it was used; null elsewhere.</summary>
    public SourceSpan? Origin => origin;

    public static PyError Type(string message) => new(TemplateErrorKind.Type, message);

    public static PyError Value(string message) => new(TemplateErrorKind.Value, message);

    public static PyError Argument(string message) => new(TemplateErrorKind.Argument, message);

    public static PyError Limit(string message) => new(TemplateErrorKind.Limit, message);

    /// <summary>Called where recursion follows the nesting of values: a crash of the process is worse than an error.</summary>
    public static void GuardStack()
    {
        if (!System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Limit("The values are nested too deep");
        }
    }
}
