using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>Python's operators on numbers: integers of any size, true division, floor division, modulo with the divisor's sign.</summary>
internal static class Arithmetic
{
    // 2 ** 100000 has 30,103 digits and still takes no time; beyond that a template is playing tricks.
    private const long MaxBits = 100_000;

    public static long ToLong(object value) => value is bool flag ? (flag ? 1 : 0) : (long)value;

    public static BigInteger ToBig(object value) =>
        value switch
        {
            BigInteger big => big,
            bool flag => flag ? BigInteger.One : BigInteger.Zero,
            _ => (long)value,
        };

    public static double ToDouble(object value) =>
        value switch
        {
            double number => number,
            long number => number,
            bool flag => flag ? 1 : 0,
            _ => FromBig((BigInteger)value),
        };

    public static object Add(object left, object right)
    {
        if (left is double || right is double)
        {
            return ToDouble(left) + ToDouble(right);
        }

        if (left is not BigInteger && right is not BigInteger)
        {
            var a = ToLong(left);
            var b = ToLong(right);
            var sum = unchecked(a + b);
            if (((a ^ sum) & (b ^ sum)) >= 0)
            {
                return Boxes.Of(sum);
            }
        }

        return Boxes.Of(ToBig(left) + ToBig(right));
    }

    public static object Subtract(object left, object right)
    {
        if (left is double || right is double)
        {
            return ToDouble(left) - ToDouble(right);
        }

        if (left is not BigInteger && right is not BigInteger)
        {
            var a = ToLong(left);
            var b = ToLong(right);
            var difference = unchecked(a - b);
            if (((a ^ b) & (a ^ difference)) >= 0)
            {
                return Boxes.Of(difference);
            }
        }

        return Boxes.Of(ToBig(left) - ToBig(right));
    }

    public static object Multiply(object left, object right)
    {
        if (left is double || right is double)
        {
            return ToDouble(left) * ToDouble(right);
        }

        if (left is not BigInteger && right is not BigInteger)
        {
            var high = Math.BigMul(ToLong(left), ToLong(right), out var low);
            if ((high == 0 && low >= 0) || (high == -1 && low < 0))
            {
                return Boxes.Of(low);
            }
        }

        var a2 = ToBig(left);
        var b2 = ToBig(right);
        Bound(a2.GetBitLength() + b2.GetBitLength());
        return Boxes.Of(a2 * b2);
    }

    public static object Divide(object left, object right)
    {
        if (left is double || right is double)
        {
            var divisor = ToDouble(right);
            return divisor == 0 ? throw PyError.Value("float division by zero") : ToDouble(left) / divisor;
        }

        var denominator = ToBig(right);
        if (denominator.IsZero)
        {
            throw PyError.Value("division by zero");
        }

        if (left is not BigInteger && right is not BigInteger && Exact(left) && Exact(right))
        {
            return (double)ToLong(left) / ToLong(right);
        }

        return DivideBig(ToBig(left), denominator);
    }

    public static object FloorDivide(object left, object right)
    {
        if (left is double || right is double)
        {
            var divisor = ToDouble(right);
            if (divisor == 0)
            {
                throw PyError.Value("float floor division by zero");
            }

            var (quotient, _) = DivMod(ToDouble(left), divisor);
            return quotient;
        }

        var (whole, _) = DivMod(ToBig(left), ToBig(right), "integer division or modulo by zero");
        return Boxes.Of(whole);
    }

    public static object Modulo(object left, object right)
    {
        if (left is double || right is double)
        {
            var divisor = ToDouble(right);
            if (divisor == 0)
            {
                throw PyError.Value("float modulo");
            }

            var (_, rest) = DivMod(ToDouble(left), divisor);
            return rest;
        }

        if (left is not BigInteger && right is not BigInteger && ToLong(right) > 0)
        {
            var rest = ToLong(left) % ToLong(right);
            return Boxes.Of(rest < 0 ? rest + ToLong(right) : rest);
        }

        var (_, remainder) = DivMod(ToBig(left), ToBig(right), "integer modulo by zero");
        return Boxes.Of(remainder);
    }

    public static object Power(object left, object right)
    {
        if (left is double || right is double || ToBig(right).Sign < 0)
        {
            var value = ToDouble(left);
            var exponent = ToDouble(right);
            if (value == 0 && exponent < 0)
            {
                throw PyError.Value("0.0 cannot be raised to a negative power");
            }

            if (value < 0 && Math.Floor(exponent) != exponent && double.IsFinite(exponent))
            {
                throw PyError.Value("a negative number cannot be raised to a fractional power");
            }

            var power = Math.Pow(value, exponent);
            return double.IsInfinity(power) && double.IsFinite(value) && double.IsFinite(exponent)
                ? throw PyError.Value("(34, 'Numerical result out of range')")
                : power;
        }

        var basis = ToBig(left);
        var times = ToBig(right);
        if (basis.IsZero || basis.IsOne || times.IsZero)
        {
            return Boxes.Of(times.IsZero ? BigInteger.One : basis);
        }

        if (basis == BigInteger.MinusOne)
        {
            return Boxes.Of(times.IsEven ? BigInteger.One : basis);
        }

        if (times > MaxBits)
        {
            Bound(long.MaxValue);
        }

        Bound(basis.GetBitLength() * (long)times);
        return Boxes.Of(BigInteger.Pow(basis, (int)times));
    }

    public static object Negate(object value) =>
        value switch
        {
            double number => -number,
            long number and not long.MinValue => Boxes.Of(-number),
            _ => Boxes.Of(-ToBig(value)),
        };

    private static bool Exact(object value) => Math.Abs((double)ToLong(value)) <= 1L << 53;

    private static void Bound(long bits)
    {
        if (bits > MaxBits)
        {
            throw PyError.Limit($"An integer would have more than {MaxBits} bits");
        }
    }

    private static (BigInteger Quotient, BigInteger Remainder) DivMod(BigInteger left, BigInteger right, string message)
    {
        if (right.IsZero)
        {
            throw PyError.Value(message);
        }

        var quotient = BigInteger.DivRem(left, right, out var remainder);
        if (!remainder.IsZero && (remainder.Sign < 0) != (right.Sign < 0))
        {
            quotient -= 1;
            remainder += right;
        }

        return (quotient, remainder);
    }

    // CPython's float_divmod: the remainder has the divisor's sign and the quotient is corrected for it.
    private static (double Quotient, double Remainder) DivMod(double left, double right)
    {
        var remainder = left % right;
        var quotient = (left - remainder) / right;
        if (remainder != 0)
        {
            if ((right < 0) != (remainder < 0))
            {
                remainder += right;
                quotient -= 1;
            }
        }
        else
        {
            remainder = Math.CopySign(0, right);
        }

        if (quotient != 0)
        {
            var floor = Math.Floor(quotient);
            quotient = quotient - floor > 0.5 ? floor + 1 : floor;
        }
        else
        {
            quotient = Math.CopySign(0, left / right);
        }

        return (quotient, remainder);
    }

    // Correctly rounded quotient of large integers: scale so that 64 bits of quotient are left, then let the last bit be sticky.
    private static double DivideBig(BigInteger left, BigInteger right)
    {
        var negative = (left.Sign < 0) != (right.Sign < 0);
        left = BigInteger.Abs(left);
        right = BigInteger.Abs(right);
        var shift = (int)Math.Max(0, 66 - (left.GetBitLength() - right.GetBitLength()));
        var quotient = BigInteger.DivRem(left << shift, right, out var remainder);
        if (!remainder.IsZero)
        {
            quotient |= 1;
        }

        var excess = (int)Math.Max(0, quotient.GetBitLength() - 64);
        var sticky = (quotient & ((BigInteger.One << excess) - 1)).IsZero ? 0UL : 1UL;
        var top = (ulong)(quotient >> excess) | sticky;
        var value = Math.ScaleB((double)top, excess - shift);
        if (double.IsInfinity(value))
        {
            throw PyError.Value("integer division result too large for a float");
        }

        return negative ? -value : value;
    }

    private static double FromBig(BigInteger value)
    {
        var number = (double)value;
        return double.IsInfinity(number) ? throw PyError.Value("int too large to convert to float") : number;
    }
}
