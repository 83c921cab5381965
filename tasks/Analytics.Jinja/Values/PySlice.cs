using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>The <c>start:stop:step</c> of an item access.</summary>
internal sealed class PySlice(object? start, object? stop, object? step)
{
    /// <summary>The positions that the slice takes from a sequence, by Python's rules; null when a part is no integer.</summary>
    public List<int>? Positions(int length)
    {
        if (!TryRead(step, out var stride) || !TryRead(start, out var from) || !TryRead(stop, out var to))
        {
            return null;
        }

        var by = stride ?? 1;
        if (by == 0)
        {
            throw PyError.Value("slice step cannot be zero");
        }

        var first = from is null ? (by > 0 ? 0 : length - 1) : Clamp(from.Value, length, by);
        var last = to is null ? (by > 0 ? length : -1) : Clamp(to.Value, length, by);
        var positions = new List<int>();
        for (var at = first; by > 0 ? at < last : at > last; at += by)
        {
            positions.Add((int)at);
        }

        return positions;
    }

    private static long Clamp(long value, int length, long step)
    {
        if (value < 0)
        {
            value += length;
            return value < 0 ? (step < 0 ? -1 : 0) : value;
        }

        return value >= length ? (step < 0 ? length - 1 : length) : value;
    }

    private static bool TryRead(object? value, out long? number)
    {
        number = value switch
        {
            long integer => Math.Clamp(integer, int.MinValue, int.MaxValue),
            bool flag => flag ? 1 : 0,
            BigInteger big => big.Sign < 0 ? int.MinValue : int.MaxValue,
            _ => null,
        };
        return number is not null || value is null;
    }
}
