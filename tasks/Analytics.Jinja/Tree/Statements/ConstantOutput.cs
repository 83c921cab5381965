using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary><c>{{ expression }}</c> whose text was known when it was parsed.</summary>
internal sealed class ConstantOutput(string text, SourceSpan span) : Statement(span)
{
    public override Flow Execute(Frame frame)
    {
        frame.Context.Print(text, Span, isLiteral: false);
        return Flow.Next;
    }
}
