namespace Analytics.Landing;

/// <summary>
/// The bad rows that staging washes away: exactly 5 in 2,000, by the position of the trip. Of 1,000,000 trips 2,500 are bad:
/// 500 without a pickup time, 1,000 with a drop-off before the pickup, 500 with a negative distance, 500 beyond 200 miles.
/// </summary>
internal static class Dirt
{
    private const int Period = 2_000;

    /// <summary>Makes the trip at a position bad, if it is that one's turn.</summary>
    /// <param name="trip">A clean one.</param>
    /// <param name="position">From zero, in order of pickup.</param>
    public static Trip Soil(Trip trip, long position) =>
        (position % Period) switch
        {
            300 or 1_300 => trip with { DropoffAt = trip.PickupAt!.Value.AddSeconds(-60 - position % 240) },
            700 => trip with { PickupAt = null },
            1_100 => trip with { TripDistance = -trip.TripDistance },
            1_900 => trip with { TripDistance = trip.TripDistance + 1_000 },
            _ => trip,
        };

    /// <summary>How many of the first trips are bad.</summary>
    public static long Count(long trips)
    {
        var whole = trips / Period * 5;
        var rest = trips % Period;
        int[] turns = [300, 700, 1_100, 1_300, 1_900];
        return whole + turns.Count(turn => turn < rest);
    }
}
