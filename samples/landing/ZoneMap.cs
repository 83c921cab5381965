using System.Collections.Immutable;

namespace Analytics.Landing;

/// <summary>How busy each zone is, and roughly how far it is from the others.</summary>
internal sealed class ZoneMap
{
    /// <summary>Newark Airport, whose trips have a rate of their own.</summary>
    public const int Newark = 1;

    /// <summary>John F. Kennedy Airport, with a flat fare to and from Manhattan.</summary>
    public const int Kennedy = 132;

    public const int LaGuardia = 138;

    /// <summary>Streets are not straight lines: miles driven for each mile flown.</summary>
    private const double Detour = 1.35;

    /// <summary>The busiest zones and their share of all pickups, in thousandths.</summary>
    private static readonly ImmutableArray<(int Zone, double Weight)> Busy =
    [
        (Kennedy, 52),
        (161, 47),
        (237, 45),
        (236, 42),
        (162, 36),
        (LaGuardia, 35),
        (186, 34),
        (142, 33),
        (230, 32),
        (170, 30),
        (163, 28),
        (239, 27),
        (48, 26),
        (234, 26),
        (68, 25),
        (141, 24),
        (79, 24),
        (164, 23),
        (107, 22),
        (249, 21),
        (238, 20),
        (263, 19),
        (140, 18),
        (229, 18),
        (100, 17),
        (246, 16),
        (90, 16),
        (43, 15),
        (114, 14),
        (137, 13),
        (113, 13),
        (50, 12),
        (262, 12),
        (231, 12),
        (148, 10),
        (151, 10),
        (143, 9),
        (233, 9),
        (166, 8),
        (144, 8),
        (158, 8),
        (211, 7),
        (75, 7),
        (13, 7),
        (87, 6),
        (74, 6),
        (264, 6),
        (125, 5),
        (261, 5),
        (88, 5),
        (41, 4),
    ];

    private readonly (double X, double Y)[] places;
    private readonly WeightedChoice pickups;
    private readonly WeightedChoice dropoffs;
    private readonly Dictionary<string, (int[] Zones, WeightedChoice Choice)> within;

    public ZoneMap(ImmutableArray<Zone> zones)
    {
        Zones = zones;
        places = [.. zones.Select(Place)];
        var weights = zones.Select(zone => Usual(zone.Borough)).ToArray();
        foreach (var (zone, weight) in Busy)
            weights[zone - 1] = weight;
        pickups = new WeightedChoice(weights);
        dropoffs = new WeightedChoice(zones.Select(zone => weights[zone.Id - 1] * Arrivals(zone)));
        within = zones
            .GroupBy(zone => zone.Borough, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group =>
                    (
                        group.Select(zone => zone.Id).ToArray(),
                        new WeightedChoice(group.Select(zone => weights[zone.Id - 1]))
                    ),
                StringComparer.Ordinal
            );
    }

    /// <summary>Ordered by number, from 1.</summary>
    public ImmutableArray<Zone> Zones { get; }

    public Zone Pickup(RandomSource random) => Zones[pickups.At(random.NextUnit())];

    /// <summary>Half of the trips that begin outside Manhattan stay in their borough.</summary>
    public Zone Dropoff(Zone pickup, RandomSource random)
    {
        if (pickup.Borough != "Manhattan" && pickup.ServiceZone == "Boro Zone" && random.NextUnit() < 0.5)
        {
            var (ids, choice) = within[pickup.Borough];
            return Zones[ids[choice.At(random.NextUnit())] - 1];
        }

        return Zones[dropoffs.At(random.NextUnit())];
    }

    /// <summary>Miles by road between the middles of two zones; a short hop within one.</summary>
    public double Miles(Zone from, Zone to)
    {
        if (from.Id == to.Id)
            return 0.8;
        var (fromX, fromY) = places[from.Id - 1];
        var (toX, toY) = places[to.Id - 1];
        var (x, y) = (fromX - toX, fromY - toY);
        return Math.Max(0.5, Math.Sqrt(x * x + y * y) * Detour);
    }

    /// <summary>Arrivals for each departure. People ride home to the other boroughs, and take the train from the airport.</summary>
    private static double Arrivals(Zone zone) =>
        zone.ServiceZone switch
        {
            "Airports" => 0.4,
            "EWR" => 5,
            "Boro Zone" => 2,
            _ => 1,
        };

    private static double Usual(string borough) =>
        borough switch
        {
            "Manhattan" => 3,
            "Brooklyn" => 0.35,
            "Queens" => 0.3,
            "Bronx" => 0.12,
            "EWR" => 0.3,
            "Unknown" => 1,
            _ => 0.02,
        };

    /// <summary>
    /// Miles east and north of Times Square. A zone lies somewhere in its borough, always at the same spot: the map is not
    /// to be read, but the distances are of the right size.
    /// </summary>
    private static (double X, double Y) Place(Zone zone)
    {
        var random = new RandomSource((ulong)zone.Id);
        var (x, y, width, height) = zone.Id switch
        {
            Newark => (-10.0, -4.5, 0.0, 0.0),
            Kennedy => (11.0, -8.0, 0.0, 0.0),
            LaGuardia => (5.8, 1.5, 0.0, 0.0),
            _ => zone.Borough switch
            {
                "Manhattan" when zone.ServiceZone == "Boro Zone" => (2.0, 4.5, 1.5, 3.5),
                "Manhattan" => (0.3, -0.3, 1.8, 4.2),
                "Brooklyn" => (2.5, -8.0, 5.0, 7.0),
                "Queens" => (8.5, -2.5, 8.0, 8.0),
                "Bronx" => (5.5, 7.5, 5.0, 4.0),
                "Staten Island" => (-8.5, -13.0, 5.0, 5.0),
                _ => (1.0, 0.0, 8.0, 8.0),
            },
        };
        return (x + (random.NextUnit() - 0.5) * width, y + (random.NextUnit() - 0.5) * height);
    }
}
