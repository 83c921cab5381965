using System.Globalization;

namespace Analytics.Jinja.Values;

/// <summary>Python's range. At most <see cref="MaxLength"/> items: Jinja's sandbox has the same limit.</summary>
internal sealed class PyRange : IPyObject, IPyIterable
{
    public const int MaxLength = 100_000;

    private static readonly BuiltIn CountOf = BuiltIn.Of(
        "count(self, value)",
        c => Boxes.Of(((PyRange)c[0]!).Find(c[1]) >= 0 ? 1L : 0L)
    );

    private static readonly BuiltIn IndexOf = BuiltIn.Of(
        "index(self, value)",
        c =>
            ((PyRange)c[0]!).Find(c[1]) is >= 0 and var index
                ? Boxes.Of((long)index)
                : throw PyError.Value($"{PyText.Repr(c[1])} is not in range")
    );

    private readonly long start;
    private readonly long stop;
    private readonly long step;
    private readonly int count;

    public PyRange(long start, long stop, long step)
    {
        if (step == 0)
        {
            throw PyError.Value("range() arg 3 must not be zero");
        }

        this.start = start;
        this.stop = stop;
        this.step = step;
        if (step == 1 && start >= 0 && stop >= 0 && stop - start <= MaxLength)
        {
            count = (int)Math.Max(stop - start, 0);
            return;
        }

        var distance = step > 0 ? (Int128)stop - start : (Int128)start - stop;
        var size = distance <= 0 ? 0 : ((distance - 1) / Int128.Abs(step)) + 1;
        if (size > MaxLength)
        {
            throw PyError.Limit($"Range too big: at most {MaxLength} items are allowed");
        }

        count = (int)size;
    }

    public string TypeName => "range";

    public bool IsTrue => count > 0;

    public int? Count => count;

    public object? this[int index] => Boxes.Of(start + (index * step));

    /// <summary>The slice of the range, a range as well; null when a part of the slice is no integer.</summary>
    public PyRange? Of(PySlice slice) =>
        slice.TryResolve(count, out var first, out var end, out var stride, out _)
            ? new PyRange(start + (first * step), start + (end * step), step * stride)
            : null;

    private int Find(object? value)
    {
        for (var i = 0; i < count; i++)
        {
            if (Equality.AreEqual(this[i], value))
            {
                return i;
            }
        }

        return -1;
    }

    public PyIterator Iterate() => new RangeIterator(start, step, count);

    public string Repr() =>
        step == 1
            ? string.Create(CultureInfo.InvariantCulture, $"range({start}, {stop})")
            : string.Create(CultureInfo.InvariantCulture, $"range({start}, {stop}, {step})");

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "start" => Boxes.Of(start),
            "stop" => Boxes.Of(stop),
            "step" => Boxes.Of(step),
            "count" => new BoundMethod(CountOf, this),
            "index" => new BoundMethod(IndexOf, this),
            _ => null,
        };
        return value is not null;
    }

    public override bool Equals(object? obj) =>
        obj is PyRange other
        && count == other.count
        && (count == 0 || (start == other.start && (count == 1 || step == other.step)));

    public override int GetHashCode() => count;
}
