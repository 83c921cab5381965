using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Tree.Statements;

namespace Analytics.Jinja.Tree;

/// <summary>A whole template, ready to run.</summary>
internal sealed class TemplateRoot(SequenceStatement body, int slotCount)
{
    /// <summary>The expression of a template that is one expression and nothing else; null for other templates and constants.</summary>
    public Expression? SingleExpression { get; } =
        body.Statements is [OutputStatement output] ? output.Expression : null;

    public void Run(RenderContext context)
    {
        if (body.Execute(new Frame(context, slotCount, null)) == Flow.Return)
        {
            throw context.Error(ReturnFunction.Outside(), body.Span);
        }
    }

    public object? Evaluate(RenderContext context, Expression expression) =>
        expression.Evaluate(new Frame(context, slotCount, null));
}
