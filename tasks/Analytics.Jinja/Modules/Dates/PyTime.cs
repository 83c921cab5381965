using System.Collections.Frozen;
using System.Globalization;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Dates;

/// <summary>Python's time of day, without a zone.</summary>
internal sealed class PyTime(TimeSpan value) : IPyObject, IPyComparable, IPyFormattable
{
    private static readonly FrozenDictionary<string, BuiltIn> Methods = Values.Methods.Table(
        BuiltIn.Of("isoformat(self)", c => ((PyTime)c[0]!).Str()),
        BuiltIn.Of("strftime(self, format)", c => ((PyTime)c[0]!).Format(c.Text(1)))
    );

    public static PyClass Class { get; } =
        new(
            "datetime.time",
            BuiltIn.Of(
                "time(hour?, minute?, second?, microsecond?)",
                c => new PyTime(DateParts.Time(c.Integer(0, 0), c.Integer(1, 0), c.Integer(2, 0), c.Integer(3, 0)))
            ),
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["min"] = new PyTime(TimeSpan.Zero),
                ["max"] = new PyTime(DateParts.Time(23, 59, 59, 999_999)),
            }
        );

    public string TypeName => "datetime.time";

    public TimeSpan Value => value;

    private DateTime Moment => new DateTime(1900, 1, 1) + value;

    public string Str() =>
        value.ToString(
            value.Ticks % TimeSpan.TicksPerSecond == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.ffffff",
            CultureInfo.InvariantCulture
        );

    public string Repr()
    {
        var micro = DateFormat.Microsecond(Moment);
        var second =
            micro != 0 || value.Seconds != 0 ? string.Create(CultureInfo.InvariantCulture, $", {value.Seconds}") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"datetime.time({value.Hours}, {value.Minutes}{second}{(micro == 0 ? "" : $", {micro}")})"
        );
    }

    public string Format(string spec) => spec.Length == 0 ? Str() : DateFormat.Format(spec, Moment, null);

    public bool TryGetAttribute(string name, out object? result)
    {
        result = name switch
        {
            "hour" => Boxes.Of(value.Hours),
            "minute" => Boxes.Of(value.Minutes),
            "second" => Boxes.Of(value.Seconds),
            "microsecond" => Boxes.Of(DateFormat.Microsecond(Moment)),
            _ => Methods.TryGetValue(name, out var method) ? new BoundMethod(method, this) : null,
        };
        return result is not null || name == "tzinfo";
    }

    public bool TryCompare(object? other, out int order)
    {
        order = other is PyTime time ? value.CompareTo(time.Value) : 0;
        return other is PyTime;
    }

    public override bool Equals(object? obj) => obj is PyTime other && value == other.Value;

    public override int GetHashCode() => value.GetHashCode();
}
