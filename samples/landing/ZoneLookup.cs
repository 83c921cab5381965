using System.Collections.Immutable;
using System.Globalization;

namespace Analytics.Landing;

/// <summary>The 265 zones, ordered by number, from <c>zones.csv</c> in this program.</summary>
internal static class ZoneLookup
{
    public static ImmutableArray<Zone> All { get; } = Read();

    private static ImmutableArray<Zone> Read()
    {
        using var stream = typeof(ZoneLookup).Assembly.GetManifestResourceStream("zones.csv")!;
        using var reader = new StreamReader(stream);
        var zones = ImmutableArray.CreateBuilder<Zone>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            // No name has a comma, so none is quoted.
            var fields = line.Split(',');
            zones.Add(new Zone(int.Parse(fields[0], CultureInfo.InvariantCulture), fields[1], fields[2], fields[3]));
        }

        return zones.ToImmutable();
    }
}
