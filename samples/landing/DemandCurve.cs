using System.Globalization;

namespace Analytics.Landing;

/// <summary>When people ride: spreads trips over a span of time by the hour of the day and the day of the week.</summary>
internal sealed class DemandCurve
{
    /// <summary>Relative demand from midnight on.</summary>
    private static readonly double[] Weekday =
    [
        22,
        14,
        9,
        6,
        5,
        8,
        18,
        34,
        44,
        45,
        44,
        46,
        49,
        50,
        53,
        54,
        53,
        60,
        64,
        58,
        52,
        52,
        48,
        36,
    ];

    private static readonly double[] Weekend =
    [
        48,
        40,
        31,
        21,
        12,
        7,
        9,
        14,
        23,
        34,
        42,
        48,
        52,
        53,
        53,
        52,
        51,
        53,
        56,
        54,
        48,
        47,
        49,
        46,
    ];

    private readonly DateTime from;
    private readonly WeightedChoice hours;

    /// <param name="from">The first moment.</param>
    /// <param name="hourCount">How many hours from there on.</param>
    public DemandCurve(DateTime from, int hourCount)
    {
        this.from = from;
        hours = new WeightedChoice(Enumerable.Range(0, hourCount).Select(hour => Demand(from.AddHours(hour))));
    }

    /// <summary>A moment in whole seconds. A greater argument gives no earlier one.</summary>
    /// <param name="unit">At least 0, less than 1.</param>
    public DateTime At(double unit)
    {
        var hour = hours.At(unit, out var within);
        return from.AddSeconds(hour * 3_600L + (long)(within * 3_600));
    }

    /// <summary>How a month is written in the partition key.</summary>
    public static string Month(DateTime moment) => moment.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static double Demand(DateTime hour) =>
        (hour.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Weekend : Weekday)[hour.Hour];
}
