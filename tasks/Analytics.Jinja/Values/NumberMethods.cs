using System.Collections.Frozen;
using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>The methods of Python's int, float and bool that templates may meet.</summary>
internal static class NumberMethods
{
    public static readonly FrozenDictionary<string, BuiltIn> All = Methods.Table(
        BuiltIn.Of(
            "is_integer(self)",
            c => Boxes.Of(c[0] is not double number || (double.IsFinite(number) && Math.Floor(number) == number))
        ),
        BuiltIn.Of(
            "bit_length(self)",
            c =>
                c[0] is double
                    ? throw PyError.Type("'float' object has no attribute 'bit_length'")
                    : Boxes.Of((long)BigInteger.Abs(Arithmetic.ToBig(c[0]!)).GetBitLength())
        ),
        BuiltIn.Of("conjugate(self)", c => c[0])
    );
}
