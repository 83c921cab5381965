using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Targets;

/// <summary><c>ns.name</c>: only a <c>namespace()</c> may be written to, so that values stay what they are.</summary>
internal sealed class NamespaceTarget(Expression owner, string name, SourceSpan span) : Target(span)
{
    public override void Assign(object? value, Frame frame)
    {
        switch (owner.Evaluate(frame))
        {
            case PyNamespace space:
                space.Set(name, value);
                break;
            case Undefined { Captures: true }:
                break;
            case Undefined undefined:
                throw frame.Context.Error(undefined.Error(), owner.Span);
            default:
                throw frame.Context.Error(PyError.Type("cannot assign attribute on non-namespace object"), Span);
        }
    }
}
