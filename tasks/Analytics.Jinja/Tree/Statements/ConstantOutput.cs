using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary><c>{{ expression }}</c> whose text was known when it was parsed.</summary>
internal sealed class ConstantOutput(string text, SourceSpan span) : Statement(span)
{
    public override Flow Execute(Frame frame)
    {
        var context = frame.Context;
        try
        {
            if (context.IsNative)
            {
                context.Output.Note(text);
            }

            context.Output.Append(text, this, context.Chain);
        }
        catch (PyError error)
        {
            throw context.Error(error, Span);
        }

        return Flow.Next;
    }
}
