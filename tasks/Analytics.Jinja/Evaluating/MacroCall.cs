using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Evaluating;

/// <summary>Binds the arguments of a macro call and runs the body.</summary>
internal static class MacroCall
{
    /// <summary>Runs a macro for its value: what it returned, else its text.</summary>
    public static object? Run(MacroValue macro, CallArguments args) =>
        Run(macro, NewFrame(macro, args.Context), args, args.Span);

    /// <summary>Runs a macro for its value in a frame that holds its arguments.</summary>
    public static object? Run(MacroValue macro, Frame frame, SourceSpan site) => Run(macro, frame, null, site);

    /// <summary>Runs a macro whose text goes straight to the output, where its map stays exact.</summary>
    /// <returns>True when it returned a value; then nothing was written.</returns>
    public static bool Print(MacroValue macro, CallArguments args, out object? value) =>
        Print(macro, NewFrame(macro, args.Context), args, args.Span, out value);

    /// <summary>Like the other, in a frame that holds the macro's arguments.</summary>
    public static bool Print(MacroValue macro, Frame frame, SourceSpan site, out object? value) =>
        Print(macro, frame, null, site, out value);

    /// <summary>The frame of a call, before its arguments are bound.</summary>
    public static Frame NewFrame(MacroValue macro, RenderContext context) =>
        new(context, macro.Code.SlotCount, macro.Closure);

    private static object? Run(MacroValue macro, Frame frame, CallArguments? args, SourceSpan site)
    {
        var context = frame.Context;
        var outer = context.BeginCapture();
        try
        {
            return Execute(macro, frame, args, site, out var value) ? value : context.EndCapture(outer);
        }
        finally
        {
            context.DiscardCaptureTo(outer);
        }
    }

    private static bool Print(MacroValue macro, Frame frame, CallArguments? args, SourceSpan site, out object? value)
    {
        var output = frame.Context.Output;
        var length = output.Length;
        var pieces = output.Count;
        var returned = Execute(macro, frame, args, site, out value);
        if (returned)
        {
            output.Truncate(length, pieces);
        }

        return returned;
    }

    private static bool Execute(MacroValue macro, Frame frame, CallArguments? args, SourceSpan site, out object? value)
    {
        var context = frame.Context;
        var code = macro.Code;
        var chain = context.Chain;
        context.Enter();
        try
        {
            if (args is not null)
            {
                Bind(macro, args, frame);
            }

            // What a caller writes lies where the call block is written, not inside the macro that calls it.
            context.Chain = code.IsCaller ? macro.ClosureChain : new CallChain(code.Name, site, chain);
            BindDefaults(code, frame);
            value = null;
            if (code.Body.Execute(frame) != Flow.Return)
            {
                return false;
            }

            value = context.ReturnValue;
            context.ReturnValue = null;
            return code.IsCaller ? throw new ReturnSignal(value) : true;
        }
        catch (ReturnSignal signal) when (!code.IsCaller)
        {
            value = signal.Value;
            return true;
        }
        finally
        {
            context.Chain = chain;
            context.Leave();
        }
    }

    private static void Bind(MacroValue macro, CallArguments args, Frame frame)
    {
        var code = macro.Code;
        var positional = args.PositionalArray;
        var taken = Math.Min(positional.Length, code.Parameters.Length);
        for (var i = 0; i < taken; i++)
        {
            frame.Slots[code.Parameters[i].Slot] = positional[i];
        }

        BindNamed(code, args, frame, taken);
        if (code.PositionalSlot >= 0)
        {
            frame.Slots[code.PositionalSlot] =
                taken == positional.Length ? PyTuple.Empty : new PyTuple(positional[taken..]);
        }
        else if (positional.Length > taken)
        {
            throw new PyError(
                TemplateErrorKind.Argument,
                $"macro '{code.Name}' takes not more than {code.Parameters.Length} argument(s)",
                origin: args.SpanOf(taken)
            );
        }
    }

    private static void BindNamed(MacroCode code, CallArguments args, Frame frame, int taken)
    {
        PyDict? rest = null;
        object? caller = null;
        foreach (var (name, value) in args.NamedArray)
        {
            var slot = SlotOf(code, name, taken);
            if (slot >= 0)
            {
                frame.Slots[slot] = value;
            }
            else if (code.CallerSlot >= 0 && !code.HasExplicitCaller && name == "caller")
            {
                caller = value;
            }
            else if (code.NamedSlot >= 0)
            {
                rest ??= new PyDict();
                rest[name] = value;
            }
            else
            {
                var message =
                    name == "caller"
                        ? $"macro '{code.Name}' was invoked with two values for the special caller argument"
                        : $"macro '{code.Name}' takes no keyword argument '{name}'";
                throw new PyError(TemplateErrorKind.Argument, message, name, args.SpanOf(name));
            }
        }

        if (code.CallerSlot >= 0 && !code.HasExplicitCaller)
        {
            frame.Slots[code.CallerSlot] =
                caller ?? new Undefined(TemplateErrorKind.UndefinedName, "caller", "No caller defined");
        }

        if (code.NamedSlot >= 0)
        {
            frame.Slots[code.NamedSlot] = rest ?? new PyDict();
        }
    }

    private static int SlotOf(MacroCode code, string name, int taken)
    {
        for (var i = taken; i < code.Parameters.Length; i++)
        {
            if (string.Equals(code.Parameters[i].Name, name, StringComparison.Ordinal))
            {
                return code.Parameters[i].Slot;
            }
        }

        return -1;
    }

    private static void BindDefaults(MacroCode code, Frame frame)
    {
        foreach (var parameter in code.Parameters)
        {
            ref var slot = ref frame.Slots[parameter.Slot];
            if (!ReferenceEquals(slot, Frame.Unset))
            {
                continue;
            }

            // A default that reads its own parameter reads what was not provided.
            if (parameter.Default is not { IsConstant: true })
            {
                slot = new Undefined(
                    TemplateErrorKind.UndefinedName,
                    parameter.Name,
                    $"parameter '{parameter.Name}' was not provided",
                    captures: frame.Context.Options.Undefined == UndefinedBehavior.Capture
                );
            }

            slot = parameter.Default is { } expression ? expression.Evaluate(frame) : slot;
        }
    }
}
