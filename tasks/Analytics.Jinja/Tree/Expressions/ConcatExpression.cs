using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>a ~ b ~ c</c>: the texts of all parts joined.</summary>
internal sealed class ConcatExpression(Expression[] parts, SourceSpan span) : Expression(span)
{
    public override bool IsConstant { get; } = Array.TrueForAll(parts, p => p.IsConstant);

    public override object? Evaluate(Frame frame)
    {
        var texts = new string[parts.Length];
        long length = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            var value = parts[i].Evaluate(frame);
            try
            {
                texts[i] = PyText.Str(value);
            }
            catch (PyError error)
            {
                throw frame.Context.Error(error, parts[i].Span);
            }

            length += texts[i].Length;
        }

        try
        {
            frame.Context.ChargeText(length);
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, Span);
        }

        return string.Concat(texts);
    }
}
