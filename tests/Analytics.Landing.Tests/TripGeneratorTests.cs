using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Analytics.Landing.Tests;

public sealed class TripGeneratorTests
{
    private const int Count = 40_000;

    private const int Hours = 92 * 24;

    private static readonly DateTime From = new(2023, 7, 1);

    private static readonly List<Trip> Trips = [.. Generate(42)];

    [Fact]
    public void The_same_seed_gives_the_same_trips_everywhere()
    {
        // Written down once: another system or version of .NET that rounds differently would show here.
        Assert.Equal("f726edbc0ef4b7cb3d7c7e98821078cf6a9917168d5ee8755c781a880cf2498d", Fingerprint(Trips));
        Assert.Equal(Trips, Generate(42));
    }

    [Fact]
    public void Another_seed_gives_other_trips()
    {
        Assert.NotEqual(Fingerprint(Trips), Fingerprint(Generate(43)));
    }

    [Fact]
    public void Pickups_never_go_back_in_time_and_fill_the_three_months()
    {
        var pickups = Trips.Where(trip => trip.PickupAt is not null).Select(trip => trip.PickupAt!.Value).ToList();
        Assert.Equal(pickups.Order(), pickups);
        Assert.Equal(new DateTime(2023, 7, 1), pickups[0].Date);
        Assert.Equal(new DateTime(2023, 9, 30), pickups[^1].Date);
    }

    [Fact]
    public void The_partition_is_the_month_of_the_pickup()
    {
        Assert.All(
            Trips.Where(trip => trip.PickupAt is not null),
            trip => Assert.Equal($"{trip.PickupAt:yyyy-MM}", trip.Month)
        );
        Assert.Equal(["2023-07", "2023-08", "2023-09"], Trips.Select(trip => trip.Month).Distinct());
    }

    [Fact]
    public void Bad_rows_are_as_many_of_each_kind_as_documented()
    {
        Assert.Equal(Count / 2_000, Trips.Count(trip => trip.PickupAt is null));
        Assert.Equal(Count / 1_000, Trips.Count(trip => trip.DropoffAt < trip.PickupAt));
        Assert.Equal(Count / 2_000, Trips.Count(trip => trip.TripDistance < 0));
        Assert.Equal(Count / 2_000, Trips.Count(trip => trip.TripDistance > 200));
        Assert.Equal(Count, Clean().Count() + Dirt.Count(Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(301)]
    [InlineData(1_900)]
    [InlineData(1_901)]
    [InlineData(9_999)]
    public void The_number_of_bad_rows_is_known_for_any_number_of_trips(int count)
    {
        Assert.Equal(Trips.Take(count).Count(trip => !IsClean(trip)), Dirt.Count(count));
    }

    [Fact]
    public void What_identifies_a_clean_trip_is_unique_even_in_a_crowd()
    {
        // Fifty trips a second.
        var crowd = new TripGenerator(new ZoneMap(ZoneLookup.All), 7).Generate(From, 1, 180_000);
        var seen = new HashSet<object>();
        Assert.All(crowd.Where(IsClean), trip => Assert.True(seen.Add(Identity(trip))));
    }

    [Fact]
    public void Nobody_is_paid_to_ride_and_tips_are_by_card()
    {
        Assert.All(Trips, trip => Assert.True(trip.FareAmount > 0 && trip.TipAmount >= 0));
        Assert.All(Trips, trip => Assert.True(trip.TotalAmount > trip.FareAmount + trip.TipAmount));
        Assert.All(Trips.Where(trip => trip.PaymentType != 1), trip => Assert.Equal(0, trip.TipAmount));
    }

    [Fact]
    public void Amounts_are_whole_cents()
    {
        static bool IsWhole(double dollars) => (double)Math.Round((decimal)dollars, 2) == dollars;
        Assert.All(
            Trips,
            trip => Assert.True(IsWhole(trip.FareAmount) && IsWhole(trip.TipAmount) && IsWhole(trip.TotalAmount))
        );
    }

    [Fact]
    public void Every_borough_occurs_and_Manhattan_most()
    {
        var boroughs = Trips
            .CountBy(trip => ZoneLookup.All[trip.PickupZone - 1].Borough)
            .OrderByDescending(entry => entry.Value)
            .Select(entry => entry.Key)
            .ToList();
        Assert.Equal(["Manhattan", "Queens", "Brooklyn"], boroughs.Take(3));
        Assert.Equal(7, boroughs.Count);
    }

    private static IEnumerable<Trip> Generate(ulong seed) =>
        new TripGenerator(new ZoneMap(ZoneLookup.All), seed).Generate(From, Hours, Count);

    private static IEnumerable<Trip> Clean() => Trips.Where(IsClean);

    private static bool IsClean(Trip trip) =>
        trip.PickupAt is { } pickupAt && trip.DropoffAt >= pickupAt && trip.TripDistance is >= 0 and <= 200;

    private static object Identity(Trip trip) =>
        (
            trip.VendorId,
            trip.PickupAt,
            trip.DropoffAt,
            trip.PickupZone,
            trip.DropoffZone,
            trip.TripDistance,
            trip.TotalAmount
        );

    private static string Fingerprint(IEnumerable<Trip> trips)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var trip in trips)
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{trip}\n")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
