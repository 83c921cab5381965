using System.Globalization;
using System.Text.RegularExpressions;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Dates;

/// <summary>Makes dates and times of numbers and ISO texts, with Python's errors.</summary>
internal static partial class DateParts
{
    public static PyDate Date(long year, long month, long day) =>
        new(DateOnly.FromDateTime(Make(year, month, day, 0, 0, 0, 0)));

    public static DateTime Make(long year, long month, long day, long hour, long minute, long second, long microsecond)
    {
        Check(year, 1, 9999, "year");
        Check(month, 1, 12, "month");
        Check(day, 1, DateTime.DaysInMonth((int)year, (int)month), "day");
        return new DateTime((int)year, (int)month, (int)day) + Time(hour, minute, second, microsecond);
    }

    public static TimeSpan Time(long hour, long minute, long second, long microsecond)
    {
        Check(hour, 0, 23, "hour");
        Check(minute, 0, 59, "minute");
        Check(second, 0, 59, "second");
        Check(microsecond, 0, 999_999, "microsecond");
        return new TimeSpan((int)hour, (int)minute, (int)second) + TimeSpan.FromTicks(microsecond * 10);
    }

    public static T Guard<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentOutOfRangeException)
        {
            throw PyError.Value("date value out of range");
        }
    }

    public static DateTime FromTimestamp(object? seconds)
    {
        if (!Ordering.IsNumber(seconds))
        {
            throw PyError.Type($"a number is required, not {TypeName.Of(seconds)}");
        }

        var number = Arithmetic.ToDouble(seconds!);
        return double.IsFinite(number) && Math.Abs(number) < 1e12
            ? Guard(() => DateTime.UnixEpoch.AddTicks((long)Math.Round(number * 1e6, MidpointRounding.ToEven) * 10))
            : throw PyError.Value("timestamp out of range");
    }

    public static PyTuple IsoCalendar(DateTime date) =>
        new([
            Boxes.Of(ISOWeek.GetYear(date)),
            Boxes.Of(ISOWeek.GetWeekOfYear(date)),
            Boxes.Of((((int)date.DayOfWeek + 6) % 7) + 1),
        ]);

    /// <summary>Reads <c>2024-01-31</c> and, unless only a date is wanted, <c>2024-01-31T10:20:30.123456+02:00</c> and its shorter forms.</summary>
    public static PyDateTime FromIso(string text, bool dateOnly)
    {
        var match = Iso().Match(text);
        if (!match.Success || (dateOnly && match.Groups["h"].Success))
        {
            throw PyError.Value($"Invalid isoformat string: {PyText.Repr(text)}");
        }

        long Part(string name) =>
            match.Groups[name].Success ? long.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var fraction = match.Groups["f"].Value.PadRight(6, '0')[..6];
        var local = Make(
            Part("y"),
            Part("mo"),
            Part("d"),
            Part("h"),
            Part("mi"),
            Part("s"),
            long.Parse(fraction, CultureInfo.InvariantCulture)
        );
        PyTimeZone? zone = null;
        if (match.Groups["z"].Success)
        {
            var offset = new TimeSpan((int)Part("zh"), (int)Part("zm"), 0);
            zone = PyTimeZone.Fixed(match.Groups["z"].Value[0] == '-' ? -offset : offset);
        }

        return new PyDateTime(local, zone);
    }

    private static void Check(long value, long least, long most, string name)
    {
        if (value < least || value > most)
        {
            throw PyError.Value(
                name == "day"
                    ? "day is out of range for month"
                    : string.Create(CultureInfo.InvariantCulture, $"{name} must be in {least}..{most}")
            );
        }
    }

    [GeneratedRegex(
        @"\A(?<y>\d{4})-?(?<mo>\d\d)-?(?<d>\d\d)(?:.(?<h>\d\d)(?::?(?<mi>\d\d)(?::?(?<s>\d\d)(?:[.,](?<f>\d{1,9}))?)?)?(?<z>Z|[+-](?<zh>\d\d):?(?<zm>\d\d)?)?)?\z",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Iso();
}
