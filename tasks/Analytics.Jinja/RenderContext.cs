using System.Collections.Immutable;
using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>
/// One render of one node: it holds the names, the limits and the stack. Not safe for two threads; templates and macros
/// are, so give each thread a context of its own.
/// </summary>
public sealed class RenderContext
{
    /// <summary>Starts a render.</summary>
    /// <param name="globals">The names of the host.</param>
    /// <param name="options">Limits and rules; null for the defaults.</param>
    /// <param name="cancellationToken">Stops a render with <see cref="OperationCanceledException"/>.</param>
    public RenderContext(
        IGlobalScope globals,
        RenderOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(globals);
        Globals = globals;
        Options = options ?? RenderOptions.Default;
        CancellationToken = cancellationToken;
    }

    /// <summary>The names of the host.</summary>
    public IGlobalScope Globals { get; }

    /// <summary>Limits and rules.</summary>
    public RenderOptions Options { get; }

    /// <summary>Stops the render.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The macro calls under way, innermost first.</summary>
    public ImmutableArray<TemplateFrame> Stack => CallChain.Frames(Chain);

    internal CallChain? Chain { get; private set; }

    /// <summary>Renders a template to text.</summary>
    /// <exception cref="TemplateException">The template made a mistake or met a limit.</exception>
    public RenderedText Render(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new RenderedText(template.Source.Text, new SourceMap(template.Source, []));
    }

    /// <summary>
    /// Renders to a value, by dbt's rule for YAML values: no node gives the empty text; a single expression gives its
    /// value with its type, except that constants give their text; more nodes give their texts joined.
    /// </summary>
    /// <exception cref="TemplateException">The template made a mistake or met a limit.</exception>
    public object? RenderNative(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return template.Source.Text;
    }

    /// <summary>Calls a macro, a host function or another callable value.</summary>
    /// <param name="callable">What to call.</param>
    /// <param name="positional">Positional arguments.</param>
    /// <param name="named">Named arguments in order.</param>
    /// <param name="callSite">Where the call counts as written; it becomes a frame of the stack.</param>
    /// <returns>What <c>return()</c> gave, else the macro's text.</returns>
    /// <exception cref="TemplateException">The macro made a mistake, or the value cannot be called.</exception>
    public object? Call(
        object? callable,
        IReadOnlyList<object?> positional,
        IReadOnlyList<KeyValuePair<string, object?>> named,
        SourceSpan callSite
    )
    {
        ArgumentNullException.ThrowIfNull(positional);
        ArgumentNullException.ThrowIfNull(named);
        return ((ICallable)callable!).Invoke(new CallArguments(this, [.. positional], [.. named], callSite, null));
    }
}
