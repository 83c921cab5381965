using Analytics.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Analytics.Landing.Tests;

public sealed class BronzeLandingTests(PostgresFixture postgres)
{
    private const string Clean =
        "from bronze.nyc_yellow_trips where pickup_at is not null and dropoff_at >= pickup_at and trip_distance between 0 and 200";

    private static readonly LandingOptions Small = new(4_000, 42, 0, null);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_tables_are_landed_with_the_columns_of_the_contract()
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Cancellation);
        var output = await LandAsync(database, Small);
        Assert.Equal(
            ["4000|10"],
            await database.QueryAsync(
                $"select count(*), 4000 - (select count(*) {Clean}) from bronze.nyc_yellow_trips",
                Cancellation
            )
        );
        Assert.Equal(["265"], await database.QueryAsync("select count(*) from bronze.zone_lookup", Cancellation));
        Assert.Contains("landing bronze.nyc_yellow_trips 4,000/4,000 rows 0 MB", output, StringComparison.Ordinal);
        Assert.EndsWith(
            "landed 4,000 trips, 10 of them bad, and 265 zones",
            output.TrimEnd(),
            StringComparison.Ordinal
        );

        const string Columns = """
            select string_agg(column_name || ' ' || data_type, ', ' order by ordinal_position) from information_schema.columns
            where table_schema = 'bronze' group by table_name order by table_name
            """;
        const string Timestamp = "timestamp without time zone";
        Assert.Equal(
            [
                $"vendor_id integer, pickup_at {Timestamp}, dropoff_at {Timestamp}, passenger_count integer, "
                    + "trip_distance double precision, rate_code_id integer, store_and_fwd_flag text, pu_location_id integer, "
                    + "do_location_id integer, payment_type integer, fare_amount double precision, tip_amount double precision, "
                    + "total_amount double precision, dt text",
                "zone_id integer, borough text, zone_name text, service_zone text",
            ],
            await database.QueryAsync(Columns, Cancellation)
        );
    }

    [Fact]
    public async Task A_second_landing_says_so_and_changes_nothing()
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Cancellation);
        await LandAsync(database, Small);
        var before = await database.QueryAsync(
            "select xmin, count(*) from bronze.nyc_yellow_trips group by 1",
            Cancellation
        );
        var output = await LandAsync(database, Small with { Seed = 7 });
        Assert.Equal("bronze.nyc_yellow_trips and bronze.zone_lookup are landed already", output.TrimEnd());
        Assert.Equal(
            before,
            await database.QueryAsync("select xmin, count(*) from bronze.nyc_yellow_trips group by 1", Cancellation)
        );
    }

    [Fact]
    public async Task Two_landings_at_once_land_once()
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Cancellation);
        var outputs = await Task.WhenAll(LandAsync(database, Small), LandAsync(database, Small));
        Assert.Single(outputs, output => output.Contains("landed 4,000 trips", StringComparison.Ordinal));
        Assert.Equal(["4000"], await database.QueryAsync("select count(*) from bronze.nyc_yellow_trips", Cancellation));
    }

    [Fact]
    public async Task A_landing_that_is_cancelled_leaves_nothing()
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Cancellation);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var output = new CancelAtFirstLine(cancellation);
        await using var dataSource = NpgsqlDataSource.Create(database.ConnectionString);
        var landing = new BronzeLanding(dataSource, output);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            landing.LandAsync(Small with { Trips = 100_000_000 }, cancellation.Token)
        );
        Assert.Equal(
            ["0"],
            await database.QueryAsync("select count(*) from pg_namespace where nspname = 'bronze'", Cancellation)
        );
    }

    [Fact]
    public async Task Appended_trips_are_newer_than_all_before_and_as_many_are_clean_as_said()
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Cancellation);
        await LandAsync(database, Small);
        var latest = (
            await database.QueryAsync("select max(pickup_at)::text from bronze.nyc_yellow_trips", Cancellation)
        )[0];
        var output = await LandAsync(database, Small with { Append = 2_000 });
        Assert.EndsWith("appended 2,000 trips, 5 of them bad", output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(
            ["1995"],
            await database.QueryAsync($"select count(*) {Clean} and pickup_at > '{latest}'", Cancellation)
        );
        Assert.Equal(["6000"], await database.QueryAsync("select count(*) from bronze.nyc_yellow_trips", Cancellation));

        // And once more, after those.
        await LandAsync(database, Small with { Append = 2_000 });
        Assert.Equal(
            ["0"],
            await database.QueryAsync(
                $"select count(*) - count(distinct (vendor_id, pickup_at, dropoff_at, pu_location_id, do_location_id, trip_distance, total_amount)) {Clean}",
                Cancellation
            )
        );
    }

    [Fact]
    public async Task Appending_before_the_latest_trip_is_refused()
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Cancellation);
        await LandAsync(database, Small);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            LandAsync(database, Small with { Append = 1, After = new DateTime(2023, 8, 1) })
        );
        Assert.StartsWith("There are trips up to 2023-09-30", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Appending_to_nothing_is_refused()
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Cancellation);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            LandAsync(database, Small with { Append = 1 })
        );
        Assert.Contains("not landed yet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_names_the_server()
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Cancellation);
        var settings = ServerFromEnvironment.ConnectionString(database.EnvironmentVariables.GetValueOrDefault);
        await using var connection = new NpgsqlConnection(settings);
        await connection.OpenAsync(Cancellation);
        Assert.Equal(database.Name, connection.Database);
    }

    private static async Task<string> LandAsync(TestDatabase database, LandingOptions options)
    {
        await using var dataSource = NpgsqlDataSource.Create(database.ConnectionString);
        await using var output = new StringWriter();
        var landing = new BronzeLanding(dataSource, output);
        if (options.Append > 0)
            await landing.AppendAsync(options, Cancellation);
        else
            await landing.LandAsync(options, Cancellation);
        return output.ToString();
    }

    private sealed class CancelAtFirstLine(CancellationTokenSource cancellation) : StringWriter
    {
        public override void WriteLine(string? value) => cancellation.Cancel();
    }
}
