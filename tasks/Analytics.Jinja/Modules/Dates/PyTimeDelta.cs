using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Dates;

/// <summary>Python's timedelta, in whole microseconds.</summary>
internal sealed class PyTimeDelta : IPyObject, IPyOperand, IPyComparable
{
    private const long Second = 1_000_000;
    private const long Day = 86_400 * Second;
    private const long MaxDays = 999_999_999;

    private static readonly FrozenDictionary<string, BuiltIn> Methods = Values.Methods.Table(
        BuiltIn.Of("total_seconds(self)", c => ((PyTimeDelta)c[0]!).Microseconds / (double)Second)
    );

    public PyTimeDelta(Int128 microseconds)
    {
        if (Int128.Abs(microseconds) > (Int128)MaxDays * Day)
        {
            throw PyError.Value("the timedelta is more than 999999999 days");
        }

        Value = microseconds;
    }

    public static PyClass Class { get; } =
        new(
            "datetime.timedelta",
            BuiltIn.Of("timedelta(days?, seconds?, microseconds?, milliseconds?, minutes?, hours?, weeks?)", Make),
            []
        );

    public string TypeName => "datetime.timedelta";

    public bool IsTrue => Value != 0;

    public TimeSpan Span =>
        Int128.Abs(Value) > TimeSpan.MaxValue.Ticks / 10
            ? throw PyError.Value("date value out of range")
            : TimeSpan.FromTicks((long)Value * 10);

    private Int128 Value { get; }

    private double Microseconds => (double)Value;

    private long Days => (long)((Value - Rest) / Day);

    private Int128 Rest => ((Value % Day) + Day) % Day;

    public static PyTimeDelta Of(TimeSpan span) => new(span.Ticks / 10);

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "days" => Boxes.Of(Days),
            "seconds" => Boxes.Of((long)(Rest / Second)),
            "microseconds" => Boxes.Of((long)(Rest % Second)),
            _ => Methods.TryGetValue(name, out var method) ? new BoundMethod(method, this) : null,
        };
        return value is not null;
    }

    public string Str()
    {
        var time = TimeSpan.FromTicks((long)Rest * 10);
        var text = string.Create(CultureInfo.InvariantCulture, $"{time.Hours}:{time.Minutes:00}:{time.Seconds:00}");
        var micros = (long)(Rest % Second);
        text += micros == 0 ? "" : "." + micros.ToString("000000", CultureInfo.InvariantCulture);
        return Days == 0
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{Days} day{(Math.Abs(Days) == 1 ? "" : "s")}, {text}");
    }

    public string Repr()
    {
        var parts = new (string Name, long Value)[]
        {
            ("days", Days),
            ("seconds", (long)(Rest / Second)),
            ("microseconds", (long)(Rest % Second)),
        };
        var shown = parts
            .Where(p => p.Value != 0)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name}={p.Value}"));
        return $"datetime.timedelta({(IsTrue ? string.Join(", ", shown) : "0")})";
    }

    public bool TryApply(BinaryOperator op, object? other, bool isLeft, out object? result)
    {
        result = (op, other) switch
        {
            (BinaryOperator.Add, PyTimeDelta delta) => new PyTimeDelta(Value + delta.Value),
            (BinaryOperator.Subtract, PyTimeDelta delta) => new PyTimeDelta(
                isLeft ? Value - delta.Value : delta.Value - Value
            ),
            (BinaryOperator.Multiply, long or double or bool) => Scaled(Arithmetic.ToDouble(other), other),
            (BinaryOperator.Divide, long or double) when isLeft => Divided(Arithmetic.ToDouble(other)),
            (BinaryOperator.Divide, PyTimeDelta delta) when isLeft => Arithmetic.Divide(
                Microseconds,
                delta.Microseconds
            ),
            (BinaryOperator.FloorDivide, PyTimeDelta delta) when isLeft => Arithmetic.FloorDivide(
                Boxes.Of((BigInteger)Value),
                Boxes.Of((BigInteger)delta.Value)
            ),
            (BinaryOperator.FloorDivide, long divisor) when isLeft => new PyTimeDelta(
                (Int128)Arithmetic.ToBig(Arithmetic.FloorDivide(Boxes.Of((BigInteger)Value), divisor))
            ),
            (BinaryOperator.Modulo, PyTimeDelta delta) when isLeft => new PyTimeDelta(
                (Int128)
                    Arithmetic.ToBig(Arithmetic.Modulo(Boxes.Of((BigInteger)Value), Boxes.Of((BigInteger)delta.Value)))
            ),
            _ => null,
        };
        return result is not null;
    }

    public bool TryCompare(object? other, out int order)
    {
        order = other is PyTimeDelta delta ? Value.CompareTo(delta.Value) : 0;
        return other is PyTimeDelta;
    }

    public override bool Equals(object? obj) => obj is PyTimeDelta other && Value == other.Value;

    public override int GetHashCode() => Value.GetHashCode();

    private static PyTimeDelta Make(BuiltInCall call)
    {
        long[] units = [Day, Second, 1, 1000, 60 * Second, 3600 * Second, 7 * Day];
        Int128 whole = 0;
        double fraction = 0;
        for (var i = 0; i < units.Length; i++)
        {
            switch (call.Has(i) ? call[i] : null)
            {
                case null when !call.Has(i):
                    break;
                case long number when Math.Abs(number) <= MaxDays * 100_000:
                    whole += (Int128)number * units[i];
                    break;
                case bool flag:
                    whole += flag ? units[i] : 0;
                    break;
                case double number when double.IsFinite(number) && Math.Abs(number) <= MaxDays * 100_000.0:
                    fraction += number * units[i];
                    break;
                case long or double:
                    throw PyError.Value("the timedelta is more than 999999999 days");
                default:
                    throw PyError.Type($"unsupported type for timedelta component: {Values.TypeName.Of(call[i])}");
            }
        }

        return new PyTimeDelta(whole + (Int128)Math.Round(fraction, MidpointRounding.ToEven));
    }

    private PyTimeDelta Scaled(double factor, object exact) =>
        exact is long number
            ? Math.Abs(number) > MaxDays && Value != 0
                ? throw PyError.Value("the timedelta is more than 999999999 days")
                : new PyTimeDelta(Value * number)
            : FromDouble(Microseconds * factor);

    private PyTimeDelta Divided(double divisor) =>
        divisor == 0 ? throw PyError.Value("division by zero") : FromDouble(Microseconds / divisor);

    private static PyTimeDelta FromDouble(double microseconds) =>
        double.IsFinite(microseconds) && Math.Abs(microseconds) < 1e24
            ? new PyTimeDelta((Int128)Math.Round(microseconds, MidpointRounding.ToEven))
            : throw PyError.Value("the timedelta is more than 999999999 days");
}
