using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>callee(arguments)</c>.</summary>
internal sealed class CallExpression(Expression callee, ArgumentList arguments, SourceSpan span) : Expression(span)
{
    // The part that says what is called: its last name.
    private readonly SourceSpan calleeSpan = callee is AttributeExpression attribute ? attribute.NameSpan : callee.Span;

    public override object? Evaluate(Frame frame)
    {
        var target = Callee(frame, out var method);
        var args = Arguments(frame, null);
        try
        {
            return method is not null ? method.Invoke(target, args) : Calls.Invoke(target, args);
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
        var target = Callee(frame, out var method);
        var context = frame.Context;
        try
        {
            object? value;
            if (print && target is MacroValue macro && !context.IsNative)
            {
                var returned =
                    caller is null && MacroCall.Takes(macro, arguments)
                        ? MacroCall.Print(macro, arguments, frame, Span, out value)
                        : MacroCall.Print(macro, Arguments(frame, caller), out value);
                if (!returned)
                {
                    return Flow.Next;
                }
            }
            else
            {
                var args = Arguments(frame, caller);
                if (target is ReturnFunction && context.Chain is not null)
                {
                    context.ReturnValue = ReturnFunction.Value(args.PositionalArray, args.NamedArray);
                    return Flow.Return;
                }

                value = method is not null ? method.Invoke(target, args) : Calls.Invoke(target, args);
            }

            if (print)
            {
                context.Print(value, this);
            }
        }
        catch (PyError error)
        {
            throw context.Error(error, BlameFor(error));
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
        return Methods.TryFind(target, attribute.Name, out method) ? target : attribute.Get(target, frame);
    }

    private CallArguments Arguments(Frame frame, MacroValue? caller) =>
        new(frame.Context, arguments.Positional(frame), arguments.Named(frame, caller), Span, arguments);

    private SourceSpan BlameFor(PyError error) =>
        error.Kind is TemplateErrorKind.Type or TemplateErrorKind.UndefinedName or TemplateErrorKind.UndefinedAttribute
            ? calleeSpan
            : Span;
}
