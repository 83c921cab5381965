namespace Analytics.Jinja.Modules.Dates;

/// <summary>Python's module datetime.</summary>
internal static class DatetimeModule
{
    public static PyModule Create(TimeProvider clock) =>
        new(
            "datetime",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["date"] = PyDate.Class(clock),
                ["datetime"] = DateTimeMethods.Class(clock),
                ["time"] = PyTime.Class,
                ["timedelta"] = PyTimeDelta.Class,
                ["timezone"] = PyTimeZone.Class,
                ["UTC"] = PyTimeZone.Utc,
                ["MINYEAR"] = 1L,
                ["MAXYEAR"] = 9999L,
            }
        );
}
