using System.Globalization;
using System.Numerics;

namespace Analytics.Deployment.Applying.Building;

/// <summary>Turns the text of a value that the server sent into what templates know.</summary>
internal static class ServerValue
{
    /// <summary>Reads a value; what has no other form stays text.</summary>
    /// <param name="type">The name of the type, as the driver gives it.</param>
    /// <param name="text">The value as the server writes it.</param>
    public static object Read(string type, string text) =>
        type switch
        {
            "boolean" => text == "t",
            "smallint" or "integer" or "bigint" => long.Parse(
                text,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture
            ),
            "real" or "double precision" => Float(text),
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, 0, out var date)
                ? date
                : text,
            _ when type.StartsWith("numeric", StringComparison.Ordinal) => Numeric(text),
            _ when type.StartsWith("timestamp", StringComparison.Ordinal) => Moment(type, text),
            _ => text,
        };

    private static object Float(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;

    private static object Numeric(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 || text.AsSpan(point + 1).TrimEnd('0').IsEmpty;
        if (whole)
        {
            var digits = point < 0 ? text : text[..point];
            return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
                    ? integer
                : BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big)
                    ? big
                : Float(text);
        }

        // Equal digits, or the text: a double has no more than seventeen of them.
        return
            text.Length < 25
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var exact)
            && decimal.TryParse(
                number.ToString("R", CultureInfo.InvariantCulture),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var shown
            )
            && shown == exact
            ? number
            : text;
    }

    // Infinity, years before 1 or after 9999 and other date styles stay as the server writes them.
    private static object Moment(string type, string text)
    {
        if (type.Contains("with time zone", StringComparison.Ordinal))
        {
            return DateTimeOffset.TryParseExact(
                text,
                [
                    "yyyy-MM-dd HH:mm:ss.FFFFFFzzz",
                    "yyyy-MM-dd HH:mm:ss.FFFFFFzz",
                    "yyyy-MM-dd HH:mm:sszzz",
                    "yyyy-MM-dd HH:mm:sszz",
                ],
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal,
                out var moment
            )
                ? moment
                : text;
        }

        return DateTime.TryParseExact(
            text,
            ["yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var local
        )
            ? local
            : text;
    }
}
