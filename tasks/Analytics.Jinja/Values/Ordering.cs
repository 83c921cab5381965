using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>Python's <c>&lt;</c> and kin.</summary>
internal static class Ordering
{
    /// <summary>What <see cref="CompareNumbers"/> gives when one side is not a number: neither less, equal nor greater.</summary>
    public const int Unordered = 2;

    public static bool IsNumber(object? value) => value is long or double or bool or BigInteger;

    /// <summary>-1, 0, 1 or <see cref="Unordered"/> (NaN).</summary>
    /// <param name="left">First operand.</param>
    /// <param name="right">Second operand.</param>
    /// <param name="symbol">The operator as written, for the message.</param>
    /// <exception cref="PyError">The types have no order.</exception>
    public static int Compare(object? left, object? right, string symbol)
    {
        if (left is Undefined undefinedLeft)
        {
            throw undefinedLeft.Error();
        }

        if (right is Undefined undefinedRight)
        {
            throw undefinedRight.Error();
        }

        switch (left)
        {
            case string text when right is string other:
                return Math.Sign(CompareText(text, other));
            case long or double or bool or BigInteger when IsNumber(right):
                return CompareNumbers(left, right!);
            case PyList list when right is PyList otherList:
                return CompareItems(list.Items, otherList.Items, symbol);
            case PyTuple tuple when right is PyTuple otherTuple:
                return CompareItems(tuple.Items, otherTuple.Items, symbol);
            case IPyComparable comparable when comparable.TryCompare(right, out var result):
                return result;
            case IComparable comparable when right is not null && left.GetType() == right.GetType():
                return Math.Sign(comparable.CompareTo(right));
            default:
                throw PyError.Type(
                    $"'{symbol}' not supported between instances of '{TypeName.Of(left)}' and '{TypeName.Of(right)}'"
                );
        }
    }

    public static int CompareNumbers(object left, object? right)
    {
        if (left is double || right is double)
        {
            return CompareWithDouble(left, right!);
        }

        if (left is BigInteger || right is BigInteger)
        {
            return Arithmetic.ToBig(left).CompareTo(Arithmetic.ToBig(right!));
        }

        return Arithmetic.ToLong(left).CompareTo(Arithmetic.ToLong(right!));
    }

    /// <summary>By code points, as Python orders texts; UTF-16 order differs above the basic plane.</summary>
    public static int CompareText(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var a = left[i];
            var b = right[i];
            if (a != b)
            {
                return char.IsSurrogate(a) == char.IsSurrogate(b) ? a - b
                    : char.IsSurrogate(a) ? 1
                    : -1;
            }
        }

        return left.Length - right.Length;
    }

    private static int CompareWithDouble(object left, object right)
    {
        if (left is double a && right is double b)
        {
            return double.IsNaN(a) || double.IsNaN(b) ? Unordered : a.CompareTo(b);
        }

        var number = left is double x ? x : (double)right;
        if (double.IsNaN(number))
        {
            return Unordered;
        }

        // An integer is compared exactly: 2**53 + 1 is not 2.0**53.
        var sign = left is double ? 1 : -1;
        var integer = Arithmetic.ToBig(left is double ? right : left);
        if (double.IsInfinity(number))
        {
            return number > 0 ? sign : -sign;
        }

        var floor = Math.Floor(number);
        var order = new BigInteger(floor).CompareTo(integer);
        if (order == 0 && number > floor)
        {
            order = 1;
        }

        return Math.Sign(order) * sign;
    }

    private static int CompareItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right, string symbol)
    {
        PyError.GuardStack();
        var length = Math.Min(left.Count, right.Count);
        for (var i = 0; i < length; i++)
        {
            if (!Equality.AreEqual(left[i], right[i]))
            {
                return Compare(left[i], right[i], symbol);
            }
        }

        return left.Count.CompareTo(right.Count);
    }
}
