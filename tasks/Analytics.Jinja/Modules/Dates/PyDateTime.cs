using System.Globalization;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Dates;

/// <summary>Python's datetime: a local time, naive or with a zone.</summary>
internal sealed class PyDateTime(DateTime local, PyTimeZone? zone)
    : IPyObject,
        IPyOperand,
        IPyComparable,
        IPyFormattable
{
    public string TypeName => "datetime.datetime";

    /// <summary>What the clock on the wall shows.</summary>
    public DateTime Local { get; } =
        DateTime.SpecifyKind(local.AddTicks(-(local.Ticks % 10)), DateTimeKind.Unspecified);

    /// <summary>Null for a naive datetime.</summary>
    public PyTimeZone? Zone => zone;

    /// <summary>The moment; a naive datetime counts as UTC, because a build must not depend on the machine's zone.</summary>
    public DateTime Utc => zone is null ? Local : DateParts.Guard(() => Local - zone.OffsetAtLocal(Local));

    public PyDateTime InZone(PyTimeZone other)
    {
        var utc = Utc;
        return new PyDateTime(DateParts.Guard(() => utc + other.OffsetAtUtc(utc)), other);
    }

    public string Str() => IsoFormat(' ', "auto");

    public string IsoFormat(char separator, string timespec)
    {
        var format = timespec switch
        {
            "auto" => DateFormat.Microsecond(Local) == 0 ? "%H:%M:%S" : "%H:%M:%S.%f",
            "hours" => "%H",
            "minutes" => "%H:%M",
            "seconds" => "%H:%M:%S",
            "milliseconds" or "microseconds" => "%H:%M:%S.%f",
            _ => throw PyError.Value("Unknown timespec value"),
        };
        var time = DateFormat.Format(format, Local, null);
        time = timespec == "milliseconds" ? time[..^3] : time;
        var date = Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return date + separator + time + (zone is null ? "" : PyTimeZone.OffsetText(zone.OffsetAtLocal(Local), ":"));
    }

    public string Repr()
    {
        var parts = new List<long> { Local.Year, Local.Month, Local.Day, Local.Hour, Local.Minute };
        var micro = DateFormat.Microsecond(Local);
        if (Local.Second != 0 || micro != 0)
        {
            parts.Add(Local.Second);
        }

        if (micro != 0)
        {
            parts.Add(micro);
        }

        var numbers = string.Join(", ", parts.Select(p => p.ToString(CultureInfo.InvariantCulture)));
        return $"datetime.datetime({numbers}{(zone is null ? "" : ", tzinfo=" + zone.Repr())})";
    }

    public string Format(string spec) => spec.Length == 0 ? Str() : DateFormat.Format(spec, Local, zone);

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "year" => Boxes.Of(Local.Year),
            "month" => Boxes.Of(Local.Month),
            "day" => Boxes.Of(Local.Day),
            "hour" => Boxes.Of(Local.Hour),
            "minute" => Boxes.Of(Local.Minute),
            "second" => Boxes.Of(Local.Second),
            "microsecond" => Boxes.Of(DateFormat.Microsecond(Local)),
            "tzinfo" => zone,
            _ => DateTimeMethods.All.TryGetValue(name, out var method) ? new BoundMethod(method, this) : null,
        };
        return value is not null || name == "tzinfo";
    }

    public bool TryApply(BinaryOperator op, object? other, bool isLeft, out object? result)
    {
        result = (op, other) switch
        {
            (BinaryOperator.Subtract, PyDateTime moment) => Difference(isLeft ? this : moment, isLeft ? moment : this),
            (BinaryOperator.Add, PyTimeDelta delta) => new PyDateTime(DateParts.Guard(() => Local + delta.Span), zone),
            (BinaryOperator.Subtract, PyTimeDelta delta) when isLeft => new PyDateTime(
                DateParts.Guard(() => Local - delta.Span),
                zone
            ),
            _ => null,
        };
        return result is not null;
    }

    public bool TryCompare(object? other, out int order)
    {
        order = 0;
        if (other is not PyDateTime moment)
        {
            return false;
        }

        order =
            zone is null == moment.Zone is null
                ? Utc.CompareTo(moment.Utc)
                : throw PyError.Type("can't compare offset-naive and offset-aware datetimes");
        return true;
    }

    public override bool Equals(object? obj) =>
        obj is PyDateTime other && zone is null == other.Zone is null && Utc == other.Utc;

    public override int GetHashCode() => Utc.GetHashCode();

    private static PyTimeDelta Difference(PyDateTime left, PyDateTime right) =>
        left.Zone is null == right.Zone is null
            ? PyTimeDelta.Of(left.Utc - right.Utc)
            : throw PyError.Type("can't subtract offset-naive and offset-aware datetimes");
}
