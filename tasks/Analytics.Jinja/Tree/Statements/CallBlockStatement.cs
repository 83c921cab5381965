using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary><c>{% call(parameters) callee(arguments) %}…{% endcall %}</c>: the body is passed as <c>caller</c>.</summary>
internal sealed class CallBlockStatement(CallExpression call, MacroCode body, SourceSpan span) : Statement(span)
{
    public override Flow Execute(Frame frame) => call.Execute(frame, print: true, new MacroValue(body, frame));
}
