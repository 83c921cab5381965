using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary>Statements one after the other, until one of them leaves.</summary>
/// <param name="statements">The statements.</param>
/// <param name="span">The tag whose body they are.</param>
/// <param name="isDeep">True for one in some levels of nesting: it checks the stack of the thread for all of them.</param>
internal sealed class SequenceStatement(Statement[] statements, SourceSpan span, bool isDeep) : Statement(span)
{
    public Statement[] Statements => statements;

    public override Flow Execute(Frame frame)
    {
        if (statements.Length == 0)
        {
            return Flow.Next;
        }

        if (isDeep)
        {
            frame.Context.GuardStack(Span);
        }

        frame.Context.Steps(statements.Length, Span);
        foreach (var statement in statements)
        {
            var flow = statement.Execute(frame);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }
}
