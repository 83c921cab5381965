using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Dates;

/// <summary>The module pytz.</summary>
internal static class ZoneModule
{
    public static PyModule Create() =>
        new(
            "pytz",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["timezone"] = BuiltIn.Of("timezone(zone)", c => PyTimeZone.Find(c.Text(0))),
                ["utc"] = PyTimeZone.PytzUtc,
                ["UTC"] = PyTimeZone.PytzUtc,
                ["FixedOffset"] = BuiltIn.Of(
                    "FixedOffset(minutes)",
                    c => PyTimeZone.Fixed(TimeSpan.FromMinutes(Math.Clamp(c.Integer(0), -1440, 1440)))
                ),
            }
        );
}
