namespace Analytics.Jinja.Tree.Expressions;

/// <summary>The operators of <see cref="BinaryExpression"/>.</summary>
internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
}
