using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Tree.Targets;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary><c>{% with a = 1, b = 2 %}…{% endwith %}</c>; the values are all evaluated outside.</summary>
internal sealed class WithStatement((Target Target, Expression Value)[] variables, Statement body, SourceSpan span)
    : Statement(span)
{
    public override Flow Execute(Frame frame)
    {
        var values = Array.ConvertAll(variables, v => v.Value.Evaluate(frame));
        for (var i = 0; i < values.Length; i++)
        {
            variables[i].Target.Assign(values[i], frame);
        }

        return body.Execute(frame);
    }
}
