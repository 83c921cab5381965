using System.Collections.Frozen;
using System.Globalization;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Dates;

/// <summary>Python's date.</summary>
internal sealed class PyDate(DateOnly value) : IPyObject, IPyOperand, IPyComparable, IPyFormattable
{
    private static readonly FrozenDictionary<string, BuiltIn> Methods = Values.Methods.Table(
        BuiltIn.Of("isoformat(self)", c => Self(c).Str()),
        BuiltIn.Of("strftime(self, format)", c => Self(c).Format(c.Text(1))),
        BuiltIn.Of("weekday(self)", c => Boxes.Of(((int)Self(c).Value.DayOfWeek + 6) % 7)),
        BuiltIn.Of("isoweekday(self)", c => Boxes.Of((((int)Self(c).Value.DayOfWeek + 6) % 7) + 1)),
        BuiltIn.Of("isocalendar(self)", c => DateParts.IsoCalendar(Self(c).Start)),
        BuiltIn.Of("toordinal(self)", c => Boxes.Of(Self(c).Value.DayNumber + 1)),
        BuiltIn.Of("ctime(self)", c => DateFormat.Format("%c", Self(c).Start, null)),
        BuiltIn.Of(
            "replace(self, year?, month?, day?)",
            c =>
                DateParts.Date(
                    c.Integer(1, Self(c).Value.Year),
                    c.Integer(2, Self(c).Value.Month),
                    c.Integer(3, Self(c).Value.Day)
                )
        )
    );

    public string TypeName => "datetime.date";

    public DateOnly Value => value;

    private DateTime Start => value.ToDateTime(TimeOnly.MinValue);

    public static PyClass Class(TimeProvider clock) =>
        new(
            "datetime.date",
            BuiltIn.Of("date(year, month, day)", c => DateParts.Date(c.Integer(0), c.Integer(1), c.Integer(2))),
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["today"] = BuiltIn.WithContext(
                    "today()",
                    _ => new PyDate(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
                ),
                ["fromisoformat"] = BuiltIn.Of(
                    "fromisoformat(text)",
                    c => new PyDate(DateOnly.FromDateTime(DateParts.FromIso(c.Text(0), dateOnly: true).Local))
                ),
                ["fromtimestamp"] = BuiltIn.Of(
                    "fromtimestamp(t)",
                    c => new PyDate(DateOnly.FromDateTime(DateParts.FromTimestamp(c[0])))
                ),
                ["fromordinal"] = BuiltIn.Of(
                    "fromordinal(n)",
                    c => new PyDate(
                        DateOnly.FromDateTime(DateParts.Guard(() => DateTime.MinValue.AddDays(c.Integer(0) - 1)))
                    )
                ),
                ["min"] = new PyDate(DateOnly.MinValue),
                ["max"] = new PyDate(DateOnly.MaxValue),
            }
        );

    public string Str() => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Repr() =>
        string.Create(CultureInfo.InvariantCulture, $"datetime.date({value.Year}, {value.Month}, {value.Day})");

    public string Format(string spec) => spec.Length == 0 ? Str() : DateFormat.Format(spec, Start, null);

    public bool TryGetAttribute(string name, out object? result)
    {
        result = name switch
        {
            "year" => Boxes.Of(value.Year),
            "month" => Boxes.Of(value.Month),
            "day" => Boxes.Of(value.Day),
            _ => Methods.TryGetValue(name, out var method) ? new BoundMethod(method, this) : null,
        };
        return result is not null;
    }

    public bool TryApply(BinaryOperator op, object? other, bool isLeft, out object? result)
    {
        result = (op, other) switch
        {
            (BinaryOperator.Subtract, PyDate date) => PyTimeDelta.Of(isLeft ? Start - date.Start : date.Start - Start),
            (BinaryOperator.Add, PyTimeDelta delta) => Shift(delta.Span),
            (BinaryOperator.Subtract, PyTimeDelta delta) when isLeft => Shift(-delta.Span),
            _ => null,
        };
        return result is not null;
    }

    public bool TryCompare(object? other, out int order)
    {
        order = other is PyDate date ? Value.CompareTo(date.Value) : 0;
        return other is PyDate;
    }

    public override bool Equals(object? obj) => obj is PyDate other && value == other.Value;

    public override int GetHashCode() => value.GetHashCode();

    private static PyDate Self(BuiltInCall call) => (PyDate)call[0]!;

    // Only whole days count: a date has no time to carry into.
    private PyDate Shift(TimeSpan span) =>
        new(DateOnly.FromDateTime(DateParts.Guard(() => Start.AddDays(Math.Floor(span.TotalDays)))));
}
