using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary>Text between tags. Its length equals that of its span, so that the map is exact to the character.</summary>
internal sealed class TextStatement(string text, SourceSpan span) : Statement(span)
{
    public override Flow Execute(Frame frame)
    {
        frame.Context.Print(text, Span, isLiteral: true);
        return Flow.Next;
    }
}
