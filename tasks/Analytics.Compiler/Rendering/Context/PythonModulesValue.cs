using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>
/// <c>modules</c>. Its clock stands still at the start of the run: two models of one publish agree on what now is, and a
/// build, whose run starts at the epoch, gives the same bytes today and tomorrow.
/// </summary>
internal static class PythonModulesValue
{
    public static FrozenMapping Make(DateTimeOffset runStartedAt) =>
        new(
            new()
            {
                { "datetime", PythonModules.DatetimeAt(new RunClock(runStartedAt)) },
                { "pytz", PythonModules.Pytz },
                { "re", PythonModules.Re },
                { "itertools", PythonModules.Itertools },
            }
        );

    private sealed class RunClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
