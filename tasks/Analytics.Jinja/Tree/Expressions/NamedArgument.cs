namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>name=value</c> in a call.</summary>
internal sealed record NamedArgument(string Name, Expression Value);
