using Analytics.Jinja.Lexing;
using Analytics.Jinja.Tree;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Tree.Targets;
using Analytics.Text;

namespace Analytics.Jinja.Parsing;

/// <summary>Parses what a value is assigned to.</summary>
internal sealed class TargetParser(TokenStream tokens, ExpressionParser expressions)
{
    /// <summary>A single name.</summary>
    public Token Name()
    {
        var token = tokens.Expect(TokenKind.Name);
        Check(tokens.Text(token).ToString(), tokens.Span(token));
        return token;
    }

    /// <summary>A name, or names with commas and parentheses; bound to a scope later.</summary>
    /// <param name="endName">A name that ends it, such as <c>in</c>.</param>
    public TargetPattern Pattern(string? endName)
    {
        // The names are not reads: they are taken out of a scope of their own.
        var outer = expressions.Scope;
        expressions.Scope = new Scope(null, outer.Unit);
        var expression = expressions.ParseTargets(endName);
        expressions.Scope = outer;
        Check(expression);
        return new TargetPattern(expression);
    }

    /// <summary><c>name.attribute</c>.</summary>
    public Target Namespace()
    {
        var token = tokens.Next();
        var owner = new NameExpression(tokens.Text(token).ToString(), tokens.Span(token));
        expressions.Scope.Read(owner);
        tokens.Expect(TokenKind.Dot);
        var attribute = tokens.Expect(TokenKind.Name);
        return new NamespaceTarget(owner, tokens.Text(attribute).ToString(), tokens.From(token.Start));
    }

    private static void Check(Expression expression)
    {
        switch (expression)
        {
            case NameExpression name:
                Check(name.Name, name.Span);
                break;
            case SequenceExpression { IsTuple: true } tuple:
                Array.ForEach(tuple.Items, Check);
                break;
            default:
                throw SyntaxError.At(expression.Span, "Cannot assign to this expression");
        }
    }

    private static void Check(string name, SourceSpan span)
    {
        if (name is "true" or "false" or "none" or "True" or "False" or "None")
        {
            throw SyntaxError.At(span, $"Cannot assign to '{name}'");
        }
    }
}
