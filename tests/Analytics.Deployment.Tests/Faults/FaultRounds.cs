using System.Globalization;

namespace Analytics.Deployment.Tests.Faults;

/// <summary>How many publishes each test breaks, and at which moments.</summary>
/// <remarks><c>ANALYTICS_TEST_FAULTS</c>: the number of rounds. <c>ANALYTICS_TEST_SEED</c>: the moments of another run.</remarks>
internal static class FaultRounds
{
    /// <summary>Rounds of a test whose rounds are quick.</summary>
    public static int Count => Number("ANALYTICS_TEST_FAULTS", 6);

    /// <summary>Rounds of a test that starts a process, or a server anew, in each.</summary>
    public static int SlowCount => Number("ANALYTICS_TEST_FAULTS", 3);

    /// <summary>The moments.</summary>
    public static Random Moments() => new(Number("ANALYTICS_TEST_SEED", 20261123));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
