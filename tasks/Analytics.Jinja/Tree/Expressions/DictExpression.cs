using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>{key: value}</c>; a new dict each time.</summary>
internal sealed class DictExpression((Expression Key, Expression Value)[] entries, SourceSpan span) : Expression(span)
{
    public override bool IsConstant { get; } = Array.TrueForAll(entries, e => e.Key.IsConstant && e.Value.IsConstant);

    public override object? Evaluate(Frame frame)
    {
        var dict = new PyDict();
        foreach (var (key, value) in entries)
        {
            var keyValue = key.Evaluate(frame);
            var item = value.Evaluate(frame);
            try
            {
                dict[keyValue] = item;
            }
            catch (PyError error)
            {
                throw frame.Context.Error(error, key.Span);
            }
        }

        return dict;
    }
}
