using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary>Statements one after the other, until one of them leaves.</summary>
internal sealed class SequenceStatement(Statement[] statements, SourceSpan span) : Statement(span)
{
    public Statement[] Statements => statements;

    public override Flow Execute(Frame frame)
    {
        frame.Context.GuardStack(Span);
        foreach (var statement in statements)
        {
            frame.Context.Step(statement.Span);
            var flow = statement.Execute(frame);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }
}
