using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>target.name</c>: the attribute, else the item of that name.</summary>
internal sealed class AttributeExpression(Expression target, string name, SourceSpan nameSpan)
    : Expression(target.Span.To(nameSpan))
{
    private readonly LoopMember member = LoopMembers.Find(name);
    private readonly MethodsOfName? methods = Methods.Find(name);

    public Expression Target => target;

    public SourceSpan NameSpan => nameSpan;

    public override object? Evaluate(Frame frame) => Get(target.Evaluate(frame), frame);

    public override bool IsTrue(Frame frame)
    {
        var value = target.Evaluate(frame);
        if (value is LoopValue loop)
        {
            switch (member)
            {
                case LoopMember.First:
                    return loop.IsFirst;
                case LoopMember.Last:
                    return loop.IsLast;
            }
        }

        return Truth.Of(Get(value, frame));
    }

    /// <summary>The method of that name that a text, a container or a number has; null for other values and names.</summary>
    public BuiltIn? MethodOf(object? value) => methods?.Of(value);

    public object? Get(object? value, Frame frame)
    {
        if (value is LoopValue loop && member != LoopMember.None)
        {
            return loop.Get(member);
        }

        // What dicts and namespaces hold is found without asking what else the value could be.
        object? item;
        if (
            value is PyDict dict
                ? methods?.OfDict is null && dict.TryGet(name, out item)
                : value is PyNamespace space && space.TryGetAttribute(name, out item)
        )
        {
            return item;
        }

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
