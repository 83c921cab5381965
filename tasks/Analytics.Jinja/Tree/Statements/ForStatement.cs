using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Tree.Targets;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary><c>{% for target in items if test %}…{% else %}…{% endfor %}</c>.</summary>
internal sealed class ForStatement(ForCode code, SourceSpan span) : Statement(span)
{
    // Most loops have one variable; it is set without asking what kind of target it is.
    private readonly int slot = code.Target is NameTarget name ? name.Slot : -1;

    public override Flow Execute(Frame frame) =>
        code.BodyFrameSlots >= 0
            ? Recurse(code.Items.Evaluate(frame), frame, 0)
            : Run(code.Items.Evaluate(frame), frame, frame, 0);

    private Flow Recurse(object? items, Frame outer, int depth) =>
        Run(items, new Frame(outer.Context, code.BodyFrameSlots, outer), outer, depth);

    // The body runs in 'frame'; what is around the loop is in 'outer'. They differ in recursive loops only.
    private Flow Run(object? items, Frame frame, Frame outer, int depth)
    {
        var context = frame.Context;
        var rounds = Start(items, frame);
        var loop = code.LoopSlot >= 0 ? new LoopValue(rounds, depth, context, Nested(outer, depth)) : null;
        if (loop is not null)
        {
            frame.Slots[code.LoopSlot] = loop;
        }

        var any = false;
        try
        {
            while (Next(rounds, loop, context, out var item))
            {
                if (slot >= 0)
                {
                    frame.Slots[slot] = item;
                }
                else
                {
                    code.Target.Assign(item, frame);
                }

                var flow = code.Body.Execute(frame);
                if (flow == Flow.Break)
                {
                    break;
                }

                if (flow == Flow.Return)
                {
                    return flow;
                }

                // As in Jinja a round that was left early does not count: the else part still runs.
                any |= flow == Flow.Next;
            }
        }
        catch (PyError error)
        {
            // What the body does wrong has its place already: this is about the items.
            throw context.Error(error, code.Items.Span);
        }

        return any || code.Else is null ? Flow.Next : code.Else.Execute(outer);
    }

    private bool Next(PyIterator rounds, LoopValue? loop, RenderContext context, out object? item)
    {
        context.Steps(1, Span);
        return loop is null ? rounds.TryNext(out item) : loop.TryNext(out item);
    }

    private PyIterator Start(object? items, Frame frame)
    {
        try
        {
            var rounds = Iteration.Over(items);
            return code.Test is null ? rounds : new FilteredRounds(rounds, code, frame);
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, code.Items.Span);
        }
    }

    // loop(items) in a recursive loop: the loop again, for its text.
    private Func<object?, object?>? Nested(Frame outer, int depth) =>
        code.BodyFrameSlots < 0 ? null : Repeat(outer, depth + 1);

    private Func<object?, object?> Repeat(Frame outer, int depth) =>
        items =>
        {
            var context = outer.Context;
            context.Enter();
            var buffer = context.BeginCapture();
            try
            {
                if (Recurse(items, outer, depth) == Flow.Return)
                {
                    var value = context.ReturnValue;
                    context.ReturnValue = null;
                    throw new ReturnSignal(value);
                }

                return context.EndCapture(buffer);
            }
            finally
            {
                context.DiscardCaptureTo(buffer);
                context.Leave();
            }
        };
}
