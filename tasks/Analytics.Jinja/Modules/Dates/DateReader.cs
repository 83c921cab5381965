using System.Globalization;
using Analytics.Jinja.Lexing;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Dates;

/// <summary>Python's <c>strptime</c> in the C locale.</summary>
internal sealed class DateReader(string text, string format)
{
    private int position;
    private int year = 1900;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private int hour;
    private int minute;
    private int second;
    private int microsecond;
    private bool? afternoon;
    private PyTimeZone? zone;

    public static PyDateTime Read(string text, string format) => new DateReader(text, format).Run();

    private PyDateTime Run()
    {
        for (var i = 0; i < format.Length; i++)
        {
            if (PyChars.IsSpace(format[i]))
            {
                position = PyChars.TrimStart(text, position, text.Length);
            }
            else if (format[i] == '%' && i + 1 < format.Length)
            {
                Part(format[++i]);
            }
            else if (position < text.Length && text[position] == format[i])
            {
                position++;
            }
            else
            {
                throw Mismatch();
            }
        }

        return position < text.Length ? throw PyError.Value($"unconverted data remains: {text[position..]}") : Result();
    }

    private void Part(char code)
    {
        switch (code)
        {
            case 'Y':
                year = Number(4, 4);
                break;
            case 'y':
                year = Number(2, 2);
                year += year < 69 ? 2000 : 1900;
                break;
            case 'm':
                month = Number(1, 2);
                break;
            case 'd':
                day = Number(1, 2);
                break;
            case 'j':
                dayOfYear = Number(1, 3);
                break;
            case 'H' or 'I':
                hour = Number(1, 2);
                break;
            case 'M':
                minute = Number(1, 2);
                break;
            case 'S':
                second = Number(1, 2);
                break;
            case 'f':
                var start = position;
                var digits = Number(1, 6);
                microsecond = digits * (int)Math.Pow(10, 6 - (position - start));
                break;
            case 'p':
                afternoon = Name(["AM", "PM"]) == 1;
                break;
            case 'b' or 'h':
                month = Name(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames[..12]) + 1;
                break;
            case 'B':
                month = Name(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12]) + 1;
                break;
            case 'a':
                Name(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames);
                break;
            case 'A':
                Name(CultureInfo.InvariantCulture.DateTimeFormat.DayNames);
                break;
            case 'z':
                zone = Offset();
                break;
            case 'Z':
                Name(["UTC", "GMT"]);
                break;
            case '%' when position < text.Length && text[position] == '%':
                position++;
                break;
            default:
                throw PyError.Value($"'{code}' is a bad directive in format '{format}'");
        }
    }

    private int Number(int least, int most)
    {
        var start = position;
        while (position < text.Length && position - start < most && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        return position - start < least
            ? throw Mismatch()
            : int.Parse(text.AsSpan(start, position - start), CultureInfo.InvariantCulture);
    }

    private int Name(string[] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (text.AsSpan(position).StartsWith(names[i], StringComparison.OrdinalIgnoreCase))
            {
                position += names[i].Length;
                return i;
            }
        }

        throw Mismatch();
    }

    private PyTimeZone Offset()
    {
        if (position < text.Length && text[position] == 'Z')
        {
            position++;
            return PyTimeZone.Utc;
        }

        if (position >= text.Length || text[position] is not ('+' or '-'))
        {
            throw Mismatch();
        }

        var sign = text[position++] == '-' ? -1 : 1;
        var hours = Number(2, 2);
        position += position < text.Length && text[position] == ':' ? 1 : 0;
        var minutes = Number(2, 2);
        return PyTimeZone.Fixed(sign * new TimeSpan(hours, minutes, 0));
    }

    private PyDateTime Result()
    {
        if (afternoon is not null)
        {
            hour = (hour % 12) + (afternoon.Value ? 12 : 0);
        }

        try
        {
            var date = new DateTime(year, month, day, hour, minute, second).AddTicks(microsecond * 10L);
            date = dayOfYear > 0 ? date.AddDays(dayOfYear - date.DayOfYear) : date;
            return new PyDateTime(date, zone);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Mismatch();
        }
    }

    private PyError Mismatch() =>
        PyError.Value($"time data {PyText.Repr(text)} does not match format {PyText.Repr(format)}");
}
