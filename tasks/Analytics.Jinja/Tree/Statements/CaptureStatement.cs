using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Tree.Targets;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary>
/// Renders a body to a text, puts it through filters and then into a variable (<c>{% set x %}…{% endset %}</c>) or to
/// the output (<c>{% filter f %}…{% endfilter %}</c>).
/// </summary>
/// <param name="body">What is rendered.</param>
/// <param name="slot">Slot that the filters read the text from; -1 without filters.</param>
/// <param name="filters">The filters around the slot; null for none.</param>
/// <param name="target">The variable; null for the output.</param>
/// <param name="span">The tag.</param>
internal sealed class CaptureStatement(Statement body, int slot, Expression? filters, Target? target, SourceSpan span)
    : Statement(span)
{
    public override Flow Execute(Frame frame)
    {
        var context = frame.Context;
        var outer = context.BeginCapture();
        object? value;
        try
        {
            var flow = body.Execute(frame);
            if (flow != Flow.Next)
            {
                return flow;
            }

            value = context.EndCapture(outer);
        }
        catch (PyError error)
        {
            throw context.Error(error, Span);
        }
        finally
        {
            context.DiscardCaptureTo(outer);
        }

        if (filters is not null)
        {
            frame.Slots[slot] = value;
            value = filters.Evaluate(frame);
        }

        Deliver(value, frame);
        return Flow.Next;
    }

    private void Deliver(object? value, Frame frame)
    {
        if (target is not null)
        {
            target.Assign(value, frame);
        }
        else
        {
            frame.Context.Print(value, Span);
        }
    }
}
