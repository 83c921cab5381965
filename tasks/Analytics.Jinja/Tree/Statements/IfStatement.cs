using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary><c>{% if %} … {% elif %} … {% else %} … {% endif %}</c>; what it sets stays visible after it.</summary>
internal sealed class IfStatement((Expression Test, Statement Body)[] branches, Statement? otherwise, SourceSpan span)
    : Statement(span)
{
    public override Flow Execute(Frame frame)
    {
        foreach (var (test, body) in branches)
        {
            if (test.IsTrue(frame))
            {
                return body.Execute(frame);
            }
        }

        return otherwise?.Execute(frame) ?? Flow.Next;
    }
}
