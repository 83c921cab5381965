using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary>Text between tags. Its length equals that of its span, so that the map is exact to the character.</summary>
internal sealed class TextStatement(string text, SourceSpan span) : Statement(span)
{
    public override bool IsLiteral => true;

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
