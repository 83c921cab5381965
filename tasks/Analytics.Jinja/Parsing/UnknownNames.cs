using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Lexing;
using Analytics.Jinja.Tree;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Parsing;

/// <summary>
/// The filters and tests of a template that do not exist. They are errors when the template is read, except within
/// <c>{% if %}</c> and <c>a if b else c</c>: there, as in Jinja2, one that is never used is none.
/// </summary>
internal sealed class UnknownNames
{
    private readonly List<Expression> found = [];

    /// <summary>How many were found and not forgiven.</summary>
    public int Count => found.Count;

    /// <summary>Notes one.</summary>
    /// <returns>What stands in its place and fails when it is evaluated.</returns>
    public Expression Add(PyError error, SourceSpan nameSpan)
    {
        var expression = new Unknown(error, nameSpan);
        found.Add(expression);
        return expression;
    }

    /// <summary>Forgives all but the first ones: a condition decides whether they are used.</summary>
    /// <param name="count">What <see cref="Count"/> was where the condition began.</param>
    public void Forgive(int count) => found.RemoveRange(count, found.Count - count);

    /// <summary>Refuses the first one that was found behind the first <paramref name="count"/>.</summary>
    /// <exception cref="TemplateException">There is one.</exception>
    public void Refuse(int count)
    {
        if (found.Count > count)
        {
            throw ((Unknown)found[count]).Refusal;
        }
    }

    private sealed class Unknown(PyError error, SourceSpan nameSpan) : Expression(nameSpan)
    {
        public TemplateException Refusal => SyntaxError.At(error.Kind, Span, error.Message, error.Name);

        public override object? Evaluate(Frame frame) => throw frame.Context.Error(error, Span);
    }
}
