using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>callee(arguments)</c>.</summary>
internal sealed class CallExpression(Expression callee, ArgumentList arguments, SourceSpan span) : Expression(span)
{
    // The part that says what is called: its last name.
    private readonly SourceSpan calleeSpan = callee is AttributeExpression attribute ? attribute.NameSpan : callee.Span;

    // Threads may replace each other's: whoever reads it checks which macro it is for.
    private MacroBinding? lastBinding;

    public override object? Evaluate(Frame frame)
    {
        var target = Callee(frame, out var method);
        try
        {
            return Invoke(target, method, frame, null);
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, BlameFor(error));
        }
    }

    /// <summary>Runs the call as a statement: a macro's text goes straight to the output.</summary>
    /// <param name="frame">The variables.</param>
    /// <param name="print">False to drop the value.</param>
    /// <param name="caller">The body of a call block, or null.</param>
    public Flow Execute(Frame frame, bool print, MacroValue? caller = null)
    {
        var context = frame.Context;
        var target = Callee(frame, out var method);
        object? value;
        try
        {
            if (print && target is MacroValue macro && !context.IsNative)
            {
                var bound = Bound(macro, frame, caller);
                var returned = bound is not null
                    ? MacroCall.Print(macro, bound, Span, out value)
                    : MacroCall.Print(macro, arguments.Bind(frame, Span, caller), out value);
                if (!returned)
                {
                    return Flow.Next;
                }
            }
            else if (target is ReturnFunction && context.Chain is not null)
            {
                var args = arguments.Bind(frame, Span, caller);
                context.ReturnValue = ReturnFunction.Value(args.PositionalArray, args.NamedArray);
                return Flow.Return;
            }
            else
            {
                value = Invoke(target, method, frame, caller);
            }
        }
        catch (PyError error)
        {
            throw context.Error(error, BlameFor(error));
        }

        if (print)
        {
            context.Print(value, Span);
        }

        return Flow.Next;
    }

    // A method of a text or a container is called without making a bound method first.
    private object? Callee(Frame frame, out BuiltIn? method)
    {
        method = null;
        if (callee is not AttributeExpression attribute)
        {
            return callee.Evaluate(frame);
        }

        var target = attribute.Target.Evaluate(frame);
        method = attribute.MethodOf(target);
        return method is not null ? target : attribute.Get(target, frame);
    }

    private object? Invoke(object? target, BuiltIn? method, Frame frame, MacroValue? caller)
    {
        if (caller is null)
        {
            if (method is not null)
            {
                return method.Apply(target, arguments, frame, Span);
            }

            if (target is BuiltIn function)
            {
                frame.Context.Step();
                return function.Invoke(arguments, frame, Span);
            }

            if (target is MacroValue macro && Bound(macro, frame, null) is { } bound)
            {
                return MacroCall.Run(macro, bound, Span);
            }
        }

        var args = arguments.Bind(frame, Span, caller);
        return method is not null ? method.Invoke(target, args) : Calls.Invoke(target, args);
    }

    // The macro's frame with the arguments in it, when they need no more than being put there.
    private Frame? Bound(MacroValue macro, Frame frame, MacroValue? caller)
    {
        var binding = lastBinding;
        if (binding is null || !ReferenceEquals(binding.Code, macro.Code))
        {
            binding = MacroBinding.Of(macro.Code, arguments);
            lastBinding = binding;
        }

        if (caller is not null || binding.Slots is null)
        {
            return null;
        }

        var bound = MacroCall.NewFrame(macro, frame.Context);
        arguments.EvaluateInto(bound.Slots, binding.Slots, frame);
        return bound;
    }

    private SourceSpan BlameFor(PyError error) =>
        error.Kind is TemplateErrorKind.Type or TemplateErrorKind.UndefinedName or TemplateErrorKind.UndefinedAttribute
            ? calleeSpan
            : Span;
}
