using Analytics.Jinja.Modules.Dates;
using Analytics.Jinja.Modules.Regexes;

namespace Analytics.Jinja;

/// <summary>
/// The parts of Python's library that dbt gives to templates as <c>modules</c>. All objects are immutable and may be
/// shared by all contexts.
/// </summary>
public static class PythonModules
{
    /// <summary>
    /// <c>datetime</c> with date, datetime, time, timedelta and timezone. <c>now()</c> without a zone is UTC, whatever the
    /// zone of the machine.
    /// </summary>
    public static IHostObject Datetime { get; } = DatetimeModule.Create(TimeProvider.System);

    /// <summary><c>re</c>. A match that takes more than a second is an error of kind Limit.</summary>
    public static IHostObject Re { get; } = RegexModule.Create();

    /// <summary><c>pytz</c>: <c>timezone(name)</c>, <c>utc</c> and <c>UTC</c>. Zones come from the system's database.</summary>
    public static IHostObject Pytz { get; } = ZoneModule.Create();

    /// <summary><c>itertools</c>, as far as dbt offers it.</summary>
    public static IHostObject Itertools { get; } = Modules.IterationModule.Create();

    /// <summary><c>datetime</c> with a clock of the host's choice behind <c>now()</c> and <c>today()</c>.</summary>
    public static IHostObject DatetimeAt(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return DatetimeModule.Create(clock);
    }

    /// <summary>An aware datetime in UTC as a value of templates, such as dbt's <c>run_started_at</c>.</summary>
    public static object DatetimeValue(DateTimeOffset moment) => new PyDateTime(moment.UtcDateTime, PyTimeZone.Utc);

    /// <summary>A datetime without a zone, whatever the kind of <paramref name="local"/>.</summary>
    public static object DatetimeValue(DateTime local) => new PyDateTime(local, null);

    /// <summary>A date.</summary>
    public static object DateValue(DateOnly date) => new PyDate(date);
}
