using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;

namespace Analytics.Compiler.Loading;

/// <summary>Reads the properties <c>EventTimeStart</c> and <c>EventTimeEnd</c>, dbt's <c>--event-time-start</c> and <c>--event-time-end</c>.</summary>
public static class EventTimeReader
{
    /// <summary>Reads two times, UTC where they have no offset.</summary>
    /// <param name="start">Where the time begins; blank, together with the end, for no such time.</param>
    /// <param name="end">Where it ends; as with dbt, one is not given without the other.</param>
    public static SampleResult Parse(string start, string end)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(end);
        return (start.Trim(), end.Trim()) switch
        {
            ({ Length: 0 }, { Length: 0 }) => new SampleResult(null, []),
            ({ Length: 0 }, _) => Failed("the property EventTimeEnd needs EventTimeStart beside it"),
            (_, { Length: 0 }) => Failed("the property EventTimeStart needs EventTimeEnd beside it"),
            var (first, last) => !SampleReader.TryTime(first, out var from) ? NoTime("EventTimeStart", first)
            : !SampleReader.TryTime(last, out var to) ? NoTime("EventTimeEnd", last)
            : from >= to ? Failed($"EventTimeStart '{first}' must be before EventTimeEnd '{last}'")
            : new SampleResult(new EventWindow(from, to), []),
        };
    }

    private static SampleResult NoTime(string property, string text) =>
        Failed($"the property {property} must be a time such as '2025-01-31' or '2025-01-31 12:00:00', not '{text}'");

    private static SampleResult Failed(string message) => new(null, [ProjectDiagnostics.InvalidEventTime(message)]);
}
