namespace Analytics.Landing.Tests;

public sealed class ZoneLookupTests
{
    [Fact]
    public void Zones_are_numbered_from_1_to_265()
    {
        Assert.Equal(Enumerable.Range(1, 265), ZoneLookup.All.Select(zone => zone.Id));
    }

    [Theory]
    [InlineData("Manhattan", 69)]
    [InlineData("Queens", 69)]
    [InlineData("Brooklyn", 61)]
    [InlineData("Bronx", 43)]
    [InlineData("Staten Island", 20)]
    [InlineData("EWR", 1)]
    [InlineData("Unknown", 2)]
    public void Each_borough_has_as_many_zones_as_the_commission_publishes(string borough, int count)
    {
        Assert.Equal(count, ZoneLookup.All.Count(zone => zone.Borough == borough));
    }

    [Theory]
    [InlineData(1, "Newark Airport", "EWR")]
    [InlineData(42, "Central Harlem North", "Boro Zone")]
    [InlineData(132, "JFK Airport", "Airports")]
    [InlineData(138, "LaGuardia Airport", "Airports")]
    [InlineData(230, "Times Sq/Theatre District", "Yellow Zone")]
    [InlineData(265, "Outside of NYC", "N/A")]
    public void Well_known_zones_have_their_number(int id, string name, string serviceZone)
    {
        var zone = ZoneLookup.All[id - 1];
        Assert.Equal((name, serviceZone), (zone.Name, zone.ServiceZone));
    }
}
