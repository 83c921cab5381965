using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Targets;

/// <summary><c>a, b</c>: the value is unpacked and must have as many items.</summary>
internal sealed class TupleTarget(Target[] items, SourceSpan span) : Target(span)
{
    public override void Assign(object? value, Frame frame)
    {
        try
        {
            var values =
                value is PyTuple tuple && tuple.Count == items.Length
                    ? tuple.Items
                    : Iteration.Unpack(value, items.Length, frame.Context);
            for (var i = 0; i < items.Length; i++)
            {
                items[i].Assign(values[i], frame);
            }
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, Span);
        }
    }
}
