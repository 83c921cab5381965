using System.Globalization;

namespace Analytics.Landing;

/// <summary>What the command line asks for.</summary>
/// <param name="Trips">How many trips the first landing makes.</param>
/// <param name="Seed">The same seed gives the same rows.</param>
/// <param name="Append">How many newer trips to add to a landed table; zero to land it.</param>
/// <param name="After">Appended trips begin after this moment; null for after the latest that is there.</param>
internal sealed record LandingOptions(long Trips, ulong Seed, long Append, DateTime? After)
{
    public const string Usage = """
        Lands bronze.nyc_yellow_trips and bronze.zone_lookup in the database that PGHOST, PGPORT, PGDATABASE, PGUSER and
        PGPASSWORD or PGPASSFILE name. Does nothing where they are landed already.

          --trips N                  how many trips (1000000), over July to September 2023
          --seed N                   the same seed gives the same rows (42)
          --append N                 add N newer trips to the landed ones
          --after latest|YYYY-MM-DD  where the appended ones begin (latest)
        """;

    private const long MostTrips = 1_000_000_000;

    /// <summary>Reads the arguments; or tells what is wrong with them.</summary>
    public static LandingOptions? Parse(IReadOnlyList<string> arguments, out string error)
    {
        var options = new LandingOptions(1_000_000, 42, 0, null);
        error = "";
        for (var index = 0; index < arguments.Count; index += 2)
        {
            var name = arguments[index];
            var value = index + 1 < arguments.Count ? arguments[index + 1] : "";
            var read = name switch
            {
                "--trips" => ReadCount(value) is { } trips ? options with { Trips = trips } : null,
                "--append" => ReadCount(value) is { } append ? options with { Append = append } : null,
                "--seed" => ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
                    ? options with
                    {
                        Seed = seed,
                    }
                    : null,
                "--after" => ReadAfter(value, out var after) ? options with { After = after } : null,
                _ => null,
            };
            if (read is null)
            {
                error = $"'{name} {value}' is not understood.";
                return null;
            }

            options = read;
        }

        return options;
    }

    private static long? ReadCount(string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count is > 0 and <= MostTrips
            ? count
            : null;

    private static bool ReadAfter(string value, out DateTime? after)
    {
        after = null;
        if (value == "latest")
            return true;
        if (
            !DateTime.TryParseExact(
                value,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var moment
            )
        )
            return false;
        after = moment;
        return true;
    }
}
