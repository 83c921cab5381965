namespace Analytics.Landing;

/// <summary>Makes trips in order of their pickup: the same ones for the same arguments, on every machine.</summary>
internal sealed class TripGenerator(ZoneMap map, ulong seed)
{
    private static readonly WeightedChoice Passengers = new([1.5, 74, 15, 4, 2.5, 1.7, 1.3]);

    private static readonly WeightedChoice Payments = new([3.4, 78, 16.9, 0.6, 1.1]);

    /// <summary>Miles an hour, from midnight on.</summary>
    private static readonly double[] Speed =
    [
        16,
        17,
        18,
        19,
        20,
        19,
        16,
        12,
        10.5,
        10,
        10,
        10,
        10,
        10,
        9.5,
        9.5,
        9.5,
        9,
        9.5,
        10.5,
        12,
        12.5,
        13.5,
        15,
    ];

    /// <summary>Trips in a span of time; some are bad, as <see cref="Dirt"/> says. Clean ones differ in what identifies them.</summary>
    /// <param name="from">The earliest pickup.</param>
    /// <param name="hours">The span.</param>
    /// <param name="count">How many.</param>
    public IEnumerable<Trip> Generate(DateTime from, int hours, long count)
    {
        var random = new RandomSource(seed ^ (ulong)from.Ticks);
        var curve = new DemandCurve(from, hours);
        var second = default(DateTime);
        var sameSecond = new HashSet<(DateTime, double)>();
        var month = "";
        for (var position = 0L; position < count; position++)
        {
            var pickupAt = curve.At((position + random.NextUnit()) / count);
            if (pickupAt != second)
            {
                if (pickupAt.Day != second.Day || month.Length == 0)
                    month = DemandCurve.Month(pickupAt);
                second = pickupAt;
                sameSecond.Clear();
            }

            var trip = Ride(pickupAt, month, random);
            while (!sameSecond.Add((trip.DropoffAt, trip.TotalAmount)))
                trip = trip with { DropoffAt = trip.DropoffAt.AddSeconds(1) };
            yield return Dirt.Soil(trip, position);
        }
    }

    private Trip Ride(DateTime pickupAt, string month, RandomSource random)
    {
        var pickup = map.Pickup(random);
        var dropoff = map.Dropoff(pickup, random);
        var miles = Hundredths(Math.Max(0.1, map.Miles(pickup, dropoff) * (1 + 0.18 * random.NextBell())));
        var pace = Speed[pickupAt.Hour] * (miles > 6 ? 1.8 : 1) * (1 + 0.15 * random.NextBell());
        var seconds = (long)(miles / pace * 3_600) + 45 + (long)(random.NextUnit() * 180);
        var payment = Payments.At(random.NextUnit());
        var rate = Rate(pickup, dropoff);
        var fare = Fare(rate, miles, seconds);
        var surcharges = Surcharges(pickupAt, pickup, dropoff);
        var tip = payment == 1 && random.NextUnit() < 0.93 ? Tip(fare + surcharges, random) : 0;
        // Trips that were arranged through an app come without what the driver types.
        var arranged = payment == 0;
        return new Trip(
            random.NextUnit() < 0.27 ? 1 : 2,
            pickupAt,
            pickupAt.AddSeconds(seconds),
            arranged ? null : Passengers.At(random.NextUnit()),
            miles,
            arranged ? null : rate,
            arranged ? null
                : random.NextUnit() < 0.006 ? "Y"
                : "N",
            pickup.Id,
            dropoff.Id,
            payment,
            fare,
            tip,
            Hundredths(fare + surcharges + tip),
            month
        );
    }

    private static int Rate(Zone pickup, Zone dropoff)
    {
        if (pickup.Id == ZoneMap.Newark || dropoff.Id == ZoneMap.Newark)
            return 3;
        var isFlat =
            (pickup.Id == ZoneMap.Kennedy && dropoff.Borough == "Manhattan")
            || (dropoff.Id == ZoneMap.Kennedy && pickup.Borough == "Manhattan");
        return isFlat ? 2 : 1;
    }

    /// <summary>The tariff of 2023: $3 and 70 cents for each fifth of a mile or minute in slow traffic; $70 flat for Kennedy.</summary>
    private static double Fare(int rate, double miles, long seconds)
    {
        if (rate == 2)
            return 70;
        var slowMinutes = seconds / 60 * 0.3;
        var units = (long)(miles * 5 + slowMinutes);
        return Hundredths(3 + 0.7 * units + (rate == 3 ? 20 : 0));
    }

    private static double Surcharges(DateTime pickupAt, Zone pickup, Zone dropoff)
    {
        // The state's tax, and the improvement surcharge.
        var sum = 0.5 + 1;
        if (pickup.ServiceZone == "Yellow Zone" || dropoff.ServiceZone == "Yellow Zone")
            sum += 2.5;
        if (pickup.ServiceZone == "Airports")
            sum += 1.75;
        var isWorkday = pickupAt.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        if (isWorkday && pickupAt.Hour is >= 16 and < 20)
            sum += 2.5;
        else if (pickupAt.Hour is >= 20 or < 6)
            sum += 1;
        return sum;
    }

    private static double Tip(double bill, RandomSource random) =>
        Hundredths(Math.Max(0, bill * (0.2 + 0.05 * random.NextBell())));

    /// <summary>Rounded to cents, or to hundredths of a mile.</summary>
    private static double Hundredths(double value) => Math.Round(value * 100) / 100;
}
