using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Tree.Statements;

/// <summary>The items of a loop that its test keeps, tested one by one.</summary>
internal sealed class FilteredRounds(PyIterator items, ForCode code, Frame frame) : PyIterator
{
    public override bool TryNext(out object? item)
    {
        while (items.TryNext(out item))
        {
            frame.Context.Step();
            code.TestTarget!.Assign(item, frame);
            if (code.Test!.IsTrue(frame))
            {
                return true;
            }
        }

        return false;
    }
}
