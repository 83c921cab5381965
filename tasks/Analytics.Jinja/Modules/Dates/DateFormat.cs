using System.Globalization;
using System.Text;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Dates;

/// <summary>Python's <c>strftime</c> in the C locale.</summary>
internal static class DateFormat
{
    private static readonly CultureInfo C = CultureInfo.InvariantCulture;

    public static string Format(string format, DateTime local, PyTimeZone? zone)
    {
        var text = new StringBuilder(format.Length + 16);
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            // '%-d' is the extension of glibc that people use to drop leading zeros.
            var bare = format[i + 1] == '-' && i + 2 < format.Length;
            i += bare ? 2 : 1;
            var part = Part(format[i], local, zone);
            text.Append(
                bare && part.TrimStart('0', ' ') is { Length: > 0 } trimmed ? trimmed
                : bare ? "0"
                : part
            );
        }

        return text.ToString();
    }

    private static string Part(char code, DateTime local, PyTimeZone? zone) =>
        code switch
        {
            'Y' => local.Year.ToString(C),
            'y' => (local.Year % 100).ToString("00", C),
            'C' => (local.Year / 100).ToString("00", C),
            'm' => local.Month.ToString("00", C),
            'd' => local.Day.ToString("00", C),
            'e' => local.Day.ToString(C).PadLeft(2),
            'H' => local.Hour.ToString("00", C),
            'k' => local.Hour.ToString(C).PadLeft(2),
            'I' => Twelve(local).ToString("00", C),
            'l' => Twelve(local).ToString(C).PadLeft(2),
            'M' => local.Minute.ToString("00", C),
            'S' => local.Second.ToString("00", C),
            'f' => Microsecond(local).ToString("000000", C),
            'p' => local.Hour < 12 ? "AM" : "PM",
            'P' => local.Hour < 12 ? "am" : "pm",
            'j' => local.DayOfYear.ToString("000", C),
            'a' => C.DateTimeFormat.GetAbbreviatedDayName(local.DayOfWeek),
            'A' => C.DateTimeFormat.GetDayName(local.DayOfWeek),
            'b' or 'h' => C.DateTimeFormat.GetAbbreviatedMonthName(local.Month),
            'B' => C.DateTimeFormat.GetMonthName(local.Month),
            'w' => ((int)local.DayOfWeek).ToString(C),
            'u' => ((((int)local.DayOfWeek + 6) % 7) + 1).ToString(C),
            'U' => ((local.DayOfYear + 6 - (int)local.DayOfWeek) / 7).ToString("00", C),
            'W' => ((local.DayOfYear + 6 - (((int)local.DayOfWeek + 6) % 7)) / 7).ToString("00", C),
            'V' => ISOWeek.GetWeekOfYear(local).ToString("00", C),
            'G' => ISOWeek.GetYear(local).ToString(C),
            's' => (
                (long)(local - (zone?.OffsetAtLocal(local) ?? TimeSpan.Zero) - DateTime.UnixEpoch).TotalSeconds
            ).ToString(C),
            'c' => Format("%a %b %e %H:%M:%S %Y", local, zone),
            'x' or 'D' => Format("%m/%d/%y", local, zone),
            'X' or 'T' => Format("%H:%M:%S", local, zone),
            'F' => Format("%Y-%m-%d", local, zone),
            'R' => Format("%H:%M", local, zone),
            'r' => Format("%I:%M:%S %p", local, zone),
            'z' => zone is null ? "" : PyTimeZone.OffsetText(zone.OffsetAtLocal(local), ""),
            'Z' => zone?.NameAtLocal(local) ?? "",
            'n' => "\n",
            't' => "\t",
            '%' => "%",
            _ => throw PyError.Value($"the format code '%{code}' is not supported"),
        };

    public static long Microsecond(DateTime value) => value.Ticks % TimeSpan.TicksPerSecond / 10;

    private static int Twelve(DateTime local) => local.Hour % 12 == 0 ? 12 : local.Hour % 12;
}
