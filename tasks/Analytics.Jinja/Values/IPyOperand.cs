using Analytics.Jinja.Tree.Expressions;

namespace Analytics.Jinja.Values;

/// <summary>A value with arithmetic of its own, such as a date.</summary>
internal interface IPyOperand
{
    /// <summary>Applies an operator; false when it has no meaning for the two types.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="other">The other operand.</param>
    /// <param name="isLeft">True when this value is the left operand.</param>
    /// <param name="result">The result.</param>
    public bool TryApply(BinaryOperator op, object? other, bool isLeft, out object? result);
}
