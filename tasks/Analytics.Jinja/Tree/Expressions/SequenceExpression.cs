using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>[a, b]</c> or <c>(a, b)</c>; a list is a new one each time.</summary>
internal sealed class SequenceExpression(Expression[] items, bool isTuple, SourceSpan span) : Expression(span)
{
    public Expression[] Items => items;

    public bool IsTuple => isTuple;

    public override bool IsConstant { get; } = Array.TrueForAll(items, i => i.IsConstant);

    public override object? Evaluate(Frame frame)
    {
        if (!isTuple)
        {
            var list = new List<object?>(items.Length);
            foreach (var item in items)
            {
                list.Add(item.Evaluate(frame));
            }

            return new PyList(list);
        }

        var values = new object?[items.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = items[i].Evaluate(frame);
        }

        return new PyTuple(values);
    }
}
