using Analytics.Jinja.Lexing;
using Analytics.Jinja.Tree;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Tree.Targets;

namespace Analytics.Jinja.Parsing;

/// <summary>Names to assign to, not yet bound to the slots of a scope.</summary>
internal sealed class TargetPattern(Expression expression)
{
    /// <summary>Binds the names in a scope; may be done in several scopes.</summary>
    public Target Declare(Scope scope, bool isAlwaysSet) => Declare(expression, scope, isAlwaysSet);

    /// <summary>Refuses a name that means something else in a loop.</summary>
    public void Refuse(string name, string message)
    {
        if (Uses(expression, name))
        {
            throw SyntaxError.At(expression.Span, message);
        }
    }

    private static bool Uses(Expression expression, string name) =>
        expression is NameExpression read
            ? string.Equals(read.Name, name, StringComparison.Ordinal)
            : Array.Exists(((SequenceExpression)expression).Items, i => Uses(i, name));

    private static Target Declare(Expression expression, Scope scope, bool isAlwaysSet) =>
        expression is NameExpression name
            ? new NameTarget(scope.Declare(name.Name, isAlwaysSet), name.Span)
            : new TupleTarget(
                Array.ConvertAll(((SequenceExpression)expression).Items, i => Declare(i, scope, isAlwaysSet)),
                expression.Span
            );
}
