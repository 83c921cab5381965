using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>target[key]</c>: the item, else the attribute of that name.</summary>
internal sealed class ItemExpression(Expression target, Expression key, SourceSpan span) : Expression(span)
{
    public override bool IsConstant { get; } = target.IsConstant && key.IsConstant;

    public override object? Evaluate(Frame frame)
    {
        var value = target.Evaluate(frame);
        var index = key.Evaluate(frame);
        try
        {
            var item = Attributes.GetItem(value, index, frame.Context, key.Span);

            // Jinja2 leaves the slice of a value to Python, which knows no undefined ones; that of a constant it computes itself.
            return item is Undefined && key is SliceExpression && !IsConstant ? throw PySlice.Refused(value) : item;
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, key.Span);
        }
    }
}
