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
        // Two and three parts are most of all, and need no array.
        switch (parts.Length)
        {
            case 2:
                var left = Text(0, frame);
                var right = Text(1, frame);
                Charge((long)left.Length + right.Length, frame);
                return string.Concat(left, right);
            case 3:
                var first = Text(0, frame);
                var second = Text(1, frame);
                var third = Text(2, frame);
                Charge((long)first.Length + second.Length + third.Length, frame);
                return string.Concat(first, second, third);
        }

        var texts = new string[parts.Length];
        long length = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text(i, frame);
            length += texts[i].Length;
        }

        Charge(length, frame);
        return string.Concat(texts);
    }

    /// <summary>Writes two or three parts without joining them first.</summary>
    public override void Print(Frame frame, Expression source)
    {
        var context = frame.Context;
        if (parts.Length > 3 || context.IsNative)
        {
            base.Print(frame, source);
            return;
        }

        var first = Text(0, frame);
        var second = Text(1, frame);
        var third = parts.Length > 2 ? Text(2, frame) : "";
        Charge((long)first.Length + second.Length + third.Length, frame);
        context.PrintJoined(first, second, third, source.Span);
    }

    private string Text(int index, Frame frame)
    {
        var value = parts[index].Evaluate(frame);
        if (value is string text)
        {
            return text;
        }

        try
        {
            return PyText.Str(value);
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, parts[index].Span);
        }
    }

    private void Charge(long length, Frame frame)
    {
        try
        {
            frame.Context.ChargeText(length);
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, Span);
        }
    }
}
