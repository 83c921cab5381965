using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>Boxed values that templates use all the time, made once.</summary>
internal static class Boxes
{
    private const int Lowest = -128;
    private const int Highest = 1023;

    public static readonly object True = true;
    public static readonly object False = false;
    private static readonly object[] Integers = MakeIntegers();

    public static object Of(bool value) => value ? True : False;

    public static object Of(long value) => value is >= Lowest and <= Highest ? Integers[(int)(value - Lowest)] : value;

    /// <summary>The smallest representation: integers that fit are always <see cref="long"/>.</summary>
    public static object Of(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Of((long)value) : value;

    /// <summary>Turns what a host returned into the types that the evaluator knows.</summary>
    public static object? Import(object? value) =>
        value switch
        {
            null or string or long or PyList or PyDict => value,
            bool flag => Of(flag),
            int number => Of(number),
            short number => Of(number),
            byte number => Of(number),
            uint number => Of(number),
            ulong number => Of((BigInteger)number),
            BigInteger number => Of(number),
            float number => (double)number,
            decimal number => (double)number,
            char character => character.ToString(),
            _ => value,
        };

    private static object[] MakeIntegers()
    {
        var boxes = new object[Highest - Lowest + 1];
        for (var i = 0; i < boxes.Length; i++)
        {
            boxes[i] = (long)(i + Lowest);
        }

        return boxes;
    }
}
