using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>
/// One render of one node: it holds the names, the limits and the stack. Not safe for two threads; templates and macros
/// are, so give each thread a context of its own.
/// </summary>
public sealed class RenderContext
{
    private const int CancellationInterval = 1024;

    private TextOrigins? origins;
    private long steps;
    private long nextCheck;
    private int depth;
    private ulong random = 1;

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
        nextCheck = Math.Min(CancellationInterval, Options.MaxSteps + 1);
    }

    /// <summary>The names of the host.</summary>
    public IGlobalScope Globals { get; }

    /// <summary>Limits and rules.</summary>
    public RenderOptions Options { get; }

    /// <summary>Stops the render.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>
    /// Hears of a name that a template prints although nothing in the template sets it and the host does not know it: Jinja prints
    /// nothing then. Null for nobody.
    /// </summary>
    public Action<SourceSpan, string>? UnknownName { get; init; }

    /// <summary>The macro calls under way, innermost first.</summary>
    public ImmutableArray<TemplateFrame> Stack => CallChain.Frames(Chain);

    /// <summary>True while <see cref="RenderNative"/> runs: the <c>as_…</c> filters convert then.</summary>
    internal bool IsNative { get; private set; }

    internal CallChain? Chain { get; set; }

    /// <summary>Where output goes; there is none outside of renders and captures.</summary>
    internal OutputBuffer Output { get; private set; } = null!;

    /// <summary>What the last <see cref="Flow.Return"/> carried.</summary>
    internal object? ReturnValue { get; set; }

    /// <summary>Renders a template to text.</summary>
    /// <exception cref="TemplateException">The template made a mistake or met a limit.</exception>
    public RenderedText Render(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var outer = BeginCapture();
        try
        {
            template.Root.Run(this);
            return new RenderedText(Output.ToString(), new SourceMap(template.Source, Output.Origins()));
        }
        finally
        {
            DiscardCaptureTo(outer);
        }
    }

    /// <summary>
    /// Renders to a value, by dbt's rule for YAML values: no node gives the empty text; a single expression gives its
    /// value with its type, except that constants give their text; more nodes give their texts joined.
    /// </summary>
    /// <exception cref="TemplateException">The template made a mistake or met a limit.</exception>
    public object? RenderNative(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var wasNative = IsNative;
        var outer = BeginCapture();
        IsNative = true;
        try
        {
            template.Root.Run(this);
            return Output.PieceCount == 1 ? Output.LastPiece : Output.ToString();
        }
        finally
        {
            IsNative = wasNative;
            DiscardCaptureTo(outer);
        }
    }

    /// <summary>What a loop over a value gives, counted against the limit of steps. A generator is used up by it.</summary>
    /// <returns>The items in their order; null for what cannot be looped over.</returns>
    public IReadOnlyList<object?>? Items(object? value) =>
        Iteration.TryOver(value, out var iterator) ? Iteration.ToList(iterator, this) : null;

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
        try
        {
            return Calls.Invoke(callable, new CallArguments(this, [.. positional], [.. named], callSite, null));
        }
        catch (PyError error)
        {
            throw Error(error, callSite);
        }
    }

    /// <summary>Names that templates read without defining them.</summary>
    internal bool TryResolve(string name, out object? value)
    {
        if (Globals.TryGet(name, out value))
        {
            value = Boxes.Import(value);
            return true;
        }

        return BuiltInGlobals.TryGet(name, out value);
    }

    /// <summary>Gives a mistake its place and the stack.</summary>
    internal TemplateException Error(PyError error, SourceSpan span) =>
        new(new TemplateError(error.Kind, error.Message, error.Origin ?? span, Stack, error.Name), error);

    /// <summary>Counts one statement, round or call.</summary>
    internal void Step()
    {
        if (++steps >= nextCheck)
        {
            CheckSteps();
        }
    }

    /// <summary>Counts statements or a round, with their place for the error.</summary>
    internal void Steps(int count, SourceSpan span)
    {
        steps += count;
        if (steps >= nextCheck)
        {
            CheckSteps(span);
        }
    }

    private void CheckSteps(SourceSpan span)
    {
        try
        {
            CheckSteps();
        }
        catch (PyError error)
        {
            throw Error(error, span);
        }
    }

    private void CheckSteps()
    {
        CancellationToken.ThrowIfCancellationRequested();
        if (steps > Options.MaxSteps)
        {
            throw PyError.Limit($"The template took more than {Options.MaxSteps} steps");
        }

        nextCheck = Math.Min(steps + CancellationInterval, Options.MaxSteps + 1);
    }

    /// <summary>Checks the stack of the thread, with a place for the error.</summary>
    internal void GuardStack(SourceSpan span)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Error(PyError.Limit("The template is nested too deep"), span);
        }
    }

    /// <summary>Refuses a text that would be longer than an output may be, and counts the work of making it.</summary>
    internal void ChargeText(long length)
    {
        if (length > Options.MaxOutputLength)
        {
            throw PyError.Limit($"A text would be longer than {Options.MaxOutputLength} characters");
        }

        if (length > 256)
        {
            Charge((int)length);
        }
    }

    /// <summary>Counts work that grows with the size of a value, so that a few steps cannot fill the memory.</summary>
    internal void Charge(int length)
    {
        steps += length >> 8;
        Step();
    }

    internal void Enter()
    {
        Step();
        if (depth >= Options.MaxDepth)
        {
            throw PyError.Limit($"Calls are nested deeper than {Options.MaxDepth}");
        }

        PyError.GuardStack();
        depth++;
    }

    internal void Leave() => depth--;

    /// <summary>Sends output to a buffer of its own until <see cref="EndCapture"/> or <see cref="DiscardCapture"/>.</summary>
    /// <returns>The buffer to go back to.</returns>
    internal OutputBuffer BeginCapture()
    {
        var outer = Output;
        Output = OutputBuffer.Rent(Options.MaxOutputLength);
        return outer;
    }

    /// <summary>Ends a capture with its text; printing that text later finds the map again.</summary>
    internal string EndCapture(OutputBuffer outer)
    {
        var text = Output.ToString();
        Charge(text.Length);
        if (text.Length > 0)
        {
            origins ??= new TextOrigins();
            origins.Remember(text, Output.Origins());
        }

        DiscardCapture(outer);
        return text;
    }

    internal void DiscardCapture(OutputBuffer outer)
    {
        Output.Return();
        Output = outer;
    }

    /// <summary>Ends a capture without its text, unless it has ended already: for use in <c>finally</c>.</summary>
    internal void DiscardCaptureTo(OutputBuffer outer)
    {
        if (!ReferenceEquals(Output, outer))
        {
            DiscardCapture(outer);
        }
    }

    /// <summary>Writes a value that an expression gave.</summary>
    /// <param name="value">The value.</param>
    /// <param name="source">The expression, for the map and for errors.</param>
    internal void Print(object? value, SourceSpan source)
    {
        if (IsNative)
        {
            Output.Note(value);
        }

        bool fits;
        if (value is string text)
        {
            fits =
                origins is not null && origins.TryFind(text, out var known)
                    ? Output.TryAppend(text, known)
                    : Output.TryAppend(text, source, false, Chain);
        }
        else if (value is long number)
        {
            fits = Output.TryAppend(number, source, Chain);
        }
        else
        {
            fits = Output.TryAppend(Text(value, source), source, false, Chain);
        }

        if (!fits)
        {
            throw OutputTooLong(source);
        }
    }

    /// <summary>Writes texts that count as one.</summary>
    internal void PrintJoined(string first, string second, string third, SourceSpan source)
    {
        if (!Output.TryAppendJoined(first, second, third, source, Chain))
        {
            throw OutputTooLong(source);
        }
    }

    /// <summary>Writes text of the template itself.</summary>
    /// <param name="text">What to write.</param>
    /// <param name="source">Its place.</param>
    /// <param name="isLiteral">False for a constant expression.</param>
    internal void Print(string text, SourceSpan source, bool isLiteral)
    {
        if (IsNative)
        {
            Output.Note(text);
        }

        if (!Output.TryAppend(text, source, isLiteral, Chain))
        {
            throw OutputTooLong(source);
        }
    }

    private string Text(object? value, SourceSpan source)
    {
        try
        {
            return PyText.Str(value);
        }
        catch (PyError error)
        {
            throw Error(error, source);
        }
    }

    private TemplateException OutputTooLong(SourceSpan source) =>
        Error(PyError.Limit($"The output is longer than {Options.MaxOutputLength} characters"), source);

    /// <summary>The <c>random</c> filter. Two builds of one project must agree, so every context has the same sequence.</summary>
    internal object? Pick(List<object?> items)
    {
        if (items.Count == 0)
        {
            return new Undefined(TemplateErrorKind.UndefinedName, null, "No random item, sequence was empty.");
        }

        random = (random * 6364136223846793005) + 1442695040888963407;
        return items[(int)((random >> 33) % (ulong)items.Count)];
    }

    /// <summary>Lets a part of a captured text keep its map.</summary>
    internal string Part(string whole, int start, int length) =>
        length == whole.Length ? whole
        : origins is null ? whole.Substring(start, length)
        : origins.Part(whole, start, length);
}
