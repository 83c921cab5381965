namespace Analytics.Jinja.Tree.Expressions;

/// <summary>The operators of <see cref="CompareExpression"/>.</summary>
internal enum CompareOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}
