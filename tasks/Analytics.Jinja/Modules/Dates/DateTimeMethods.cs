using System.Collections.Frozen;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Dates;

/// <summary>The methods of Python's datetime and of its class.</summary>
internal static class DateTimeMethods
{
    public static readonly FrozenDictionary<string, BuiltIn> All = Methods.Table(
        BuiltIn.Of("date(self)", c => new PyDate(DateOnly.FromDateTime(Self(c).Local))),
        BuiltIn.Of("time(self)", c => new PyTime(Self(c).Local.TimeOfDay)),
        BuiltIn.Of("strftime(self, format)", c => DateFormat.Format(c.Text(1), Self(c).Local, Self(c).Zone)),
        BuiltIn.Of(
            "isoformat(self, sep?, timespec?)",
            c =>
                Self(c)
                    .IsoFormat(
                        c.Text(1, "T") is [var s] ? s : throw PyError.Type("sep must be one character"),
                        c.Text(2, "auto")
                    )
        ),
        BuiltIn.Of("timestamp(self)", c => (Self(c).Utc - DateTime.UnixEpoch).Ticks / 10 / 1e6),
        BuiltIn.Of("weekday(self)", c => Boxes.Of(((int)Self(c).Local.DayOfWeek + 6) % 7)),
        BuiltIn.Of("isoweekday(self)", c => Boxes.Of((((int)Self(c).Local.DayOfWeek + 6) % 7) + 1)),
        BuiltIn.Of("isocalendar(self)", c => DateParts.IsoCalendar(Self(c).Local)),
        BuiltIn.Of("toordinal(self)", c => Boxes.Of(DateOnly.FromDateTime(Self(c).Local).DayNumber + 1)),
        BuiltIn.Of("ctime(self)", c => DateFormat.Format("%c", Self(c).Local, null)),
        BuiltIn.Of("astimezone(self, tz?)", c => Self(c).InZone(ZoneOf(c[1]) ?? PyTimeZone.Utc)),
        BuiltIn.Of(
            "utcoffset(self)",
            c => Self(c).Zone is { } zone ? PyTimeDelta.Of(zone.OffsetAtLocal(Self(c).Local)) : null
        ),
        BuiltIn.Of("tzname(self)", c => Self(c).Zone?.NameAtLocal(Self(c).Local)),
        BuiltIn.Of("replace(self, year?, month?, day?, hour?, minute?, second?, microsecond?, tzinfo?)", Replace)
    );

    public static PyClass Class(TimeProvider clock) =>
        new(
            "datetime.datetime",
            BuiltIn.Of("datetime(year, month, day, hour?, minute?, second?, microsecond?, tzinfo?)", Make),
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["now"] = BuiltIn.WithContext("now(tz?)", c => Now(clock, ZoneOf(c[0]))),
                ["utcnow"] = BuiltIn.WithContext("utcnow()", _ => Now(clock, null)),
                ["today"] = BuiltIn.WithContext("today()", _ => Now(clock, null)),
                ["strptime"] = BuiltIn.Of("strptime(text, format)", c => DateReader.Read(c.Text(0), c.Text(1))),
                ["fromisoformat"] = BuiltIn.Of(
                    "fromisoformat(text)",
                    c => DateParts.FromIso(c.Text(0), dateOnly: false)
                ),
                ["fromtimestamp"] = BuiltIn.Of("fromtimestamp(t, tz?)", FromTimestamp),
                ["utcfromtimestamp"] = BuiltIn.Of(
                    "utcfromtimestamp(t)",
                    c => new PyDateTime(DateParts.FromTimestamp(c[0]), null)
                ),
                ["combine"] = BuiltIn.Of("combine(date, time)", Combine),
                ["min"] = new PyDateTime(DateTime.MinValue, null),
                ["max"] = new PyDateTime(DateTime.MaxValue, null),
            }
        );

    private static PyDateTime Self(BuiltInCall call) => (PyDateTime)call[0]!;

    private static PyTimeZone? ZoneOf(object? value) =>
        value is null
            ? null
            : value as PyTimeZone
                ?? throw PyError.Type(
                    $"tzinfo argument must be None or of a tzinfo subclass, not '{TypeName.Of(value)}'"
                );

    private static PyDateTime Now(TimeProvider clock, PyTimeZone? zone)
    {
        var utc = new PyDateTime(clock.GetUtcNow().UtcDateTime, null);
        return zone is null ? utc : utc.InZone(zone);
    }

    private static PyDateTime Make(BuiltInCall c) =>
        new(
            DateParts.Make(
                c.Integer(0),
                c.Integer(1),
                c.Integer(2),
                c.Integer(3, 0),
                c.Integer(4, 0),
                c.Integer(5, 0),
                c.Integer(6, 0)
            ),
            ZoneOf(c[7])
        );

    private static PyDateTime FromTimestamp(BuiltInCall call)
    {
        var utc = new PyDateTime(DateParts.FromTimestamp(call[0]), null);
        return ZoneOf(call[1]) is { } zone ? utc.InZone(zone) : utc;
    }

    private static PyDateTime Combine(BuiltInCall call) =>
        (call[0], call[1]) switch
        {
            (PyDate date, PyTime time) => new PyDateTime(date.Value.ToDateTime(TimeOnly.MinValue) + time.Value, null),
            (PyDateTime date, PyTime time) => new PyDateTime(date.Local.Date + time.Value, date.Zone),
            _ => throw PyError.Type("combine() takes a date and a time"),
        };

    private static PyDateTime Replace(BuiltInCall c)
    {
        var old = Self(c).Local;
        var local = DateParts.Make(
            c.Integer(1, old.Year),
            c.Integer(2, old.Month),
            c.Integer(3, old.Day),
            c.Integer(4, old.Hour),
            c.Integer(5, old.Minute),
            c.Integer(6, old.Second),
            c.Integer(7, DateFormat.Microsecond(old))
        );
        return new PyDateTime(local, c.Has(8) ? ZoneOf(c[8]) : Self(c).Zone);
    }
}
