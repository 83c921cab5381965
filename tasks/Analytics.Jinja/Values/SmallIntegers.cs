using Analytics.Jinja.Tree.Expressions;

namespace Analytics.Jinja.Values;

/// <summary>Arithmetic on two integers of 64 bits, which nearly all are; the rest is left to <see cref="Arithmetic"/>.</summary>
internal static class SmallIntegers
{
    /// <summary>False when the result does not fit, is no integer or is an error.</summary>
    public static bool TryApply(BinaryOperator op, long left, long right, out long result)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                result = unchecked(left + right);
                return ((left ^ result) & (right ^ result)) >= 0;
            case BinaryOperator.Subtract:
                result = unchecked(left - right);
                return ((left ^ right) & (left ^ result)) >= 0;
            case BinaryOperator.Multiply:
                var high = Math.BigMul(left, right, out result);
                return high == result >> 63;
            case BinaryOperator.FloorDivide when right is not (0 or -1):
                result = left / right;
                result -= left % right != 0 && (left < 0) != (right < 0) ? 1 : 0;
                return true;
            case BinaryOperator.Modulo when right is not (0 or -1):
                result = left % right;
                result += result != 0 && (result < 0) != (right < 0) ? right : 0;
                return true;
            default:
                result = 0;
                return false;
        }
    }
}
