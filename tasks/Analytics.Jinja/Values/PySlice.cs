using System.Numerics;
using System.Text;

namespace Analytics.Jinja.Values;

/// <summary>The <c>start:stop:step</c> of an item access.</summary>
internal sealed class PySlice(object? start, object? stop, object? step)
{
    /// <summary>The positions that the slice takes from a sequence, by Python's rules.</summary>
    /// <param name="length">Length of the sequence.</param>
    /// <param name="first">The first position.</param>
    /// <param name="end">The position that the slice does not reach any more.</param>
    /// <param name="stride">The distance to the next one, maybe negative.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>False when a part is no integer.</returns>
    /// <exception cref="PyError">The step is zero.</exception>
    public bool TryResolve(int length, out int first, out int end, out int stride, out int count)
    {
        (first, end, stride, count) = (0, 0, 1, 0);
        if (!TryRead(step, out var by) || !TryRead(start, out var from) || !TryRead(stop, out var to))
        {
            return false;
        }

        stride = by ?? 1;
        if (stride == 0)
        {
            throw PyError.Value("slice step cannot be zero");
        }

        first = from is null ? (stride > 0 ? 0 : length - 1) : Clamp(from.Value, length, stride);
        end = to is null ? (stride > 0 ? length : -1) : Clamp(to.Value, length, stride);
        var distance = stride > 0 ? end - first : first - end;
        count = distance <= 0 ? 0 : (int)(((distance - 1) / Math.Abs((long)stride)) + 1);
        return true;
    }

    /// <summary>The slice of a list, as a list of its own; null when a part is no integer.</summary>
    public List<object?>? Of(IReadOnlyList<object?> items)
    {
        if (!TryResolve(items.Count, out var first, out _, out var stride, out var count))
        {
            return null;
        }

        if (stride == 1 && items is List<object?> list)
        {
            return count == 0 ? [] : list.GetRange(first, count);
        }

        var picked = new List<object?>(count);
        for (var i = 0; i < count; i++)
        {
            picked.Add(items[first + (i * stride)]);
        }

        return picked;
    }

    /// <summary>The slice of a text; null when a part is no integer.</summary>
    public string? Of(string text)
    {
        if (!TryResolve(PyString.Length(text), out var first, out _, out var stride, out var count))
        {
            return null;
        }

        if (count == 0)
        {
            return "";
        }

        if (stride == 1)
        {
            var start = PyString.Offset(text, first);
            return text[start..PyString.Offset(text, first + count)];
        }

        var characters = PyString.Characters(text).ToArray();
        var builder = new StringBuilder(count);
        for (var i = 0; i < count; i++)
        {
            builder.Append((string)characters[first + (i * stride)]!);
        }

        return builder.ToString();
    }

    /// <summary>What Python says of a value that cannot be sliced, or not by what was given.</summary>
    public static PyError Refused(object? value) =>
        PyError.Type(
            value switch
            {
                string or PyList or PyTuple or PyRange =>
                    "slice indices must be integers or None or have an __index__ method",
                PyDict => "unhashable type: 'slice'",
                null => "'NoneType' object is not subscriptable",
                _ => $"'{TypeName.Of(value)}' object is not subscriptable",
            }
        );

    private static int Clamp(int value, int length, int step)
    {
        if (value < 0)
        {
            value += length;
            return value < 0 ? (step < 0 ? -1 : 0) : value;
        }

        return value >= length ? (step < 0 ? length - 1 : length) : value;
    }

    private static bool TryRead(object? value, out int? number)
    {
        number = value switch
        {
            long integer => (int)Math.Clamp(integer, int.MinValue, int.MaxValue),
            bool flag => flag ? 1 : 0,
            BigInteger big => big.Sign < 0 ? int.MinValue : int.MaxValue,
            _ => null,
        };
        return number is not null || value is null;
    }
}
