using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary><c>{% macro %}</c> inside a template: the name becomes a value that knows the variables around it.</summary>
internal sealed class MacroStatement(MacroCode code, int slot, SourceSpan span) : Statement(span)
{
    public override Flow Execute(Frame frame)
    {
        frame.Slots[slot] = new MacroValue(code, frame);
        return Flow.Next;
    }
}
