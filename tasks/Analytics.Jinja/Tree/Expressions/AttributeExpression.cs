using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>target.name</c>: the attribute, else the item of that name.</summary>
internal sealed class AttributeExpression(Expression target, string name, SourceSpan nameSpan)
    : Expression(target.Span.To(nameSpan))
{
    public Expression Target => target;

    public string Name => name;

    public SourceSpan NameSpan => nameSpan;

    public override object? Evaluate(Frame frame) => Get(target.Evaluate(frame), frame);

    public object? Get(object? value, Frame frame)
    {
        try
        {
            return Attributes.Get(value, name, frame.Context, nameSpan);
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, nameSpan);
        }
    }
}
