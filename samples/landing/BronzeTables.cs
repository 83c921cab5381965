namespace Analytics.Landing;

/// <summary>The SQL of the bronze layer.</summary>
internal static class BronzeTables
{
    public const string Trips = "bronze.nyc_yellow_trips";

    public const string Zones = "bronze.zone_lookup";

    /// <summary>The tables, as the lake's files have their columns: no key and no check, because bad rows must fit in.</summary>
    public const string Create = $"""
        create schema if not exists bronze;
        create table {Trips} (
            vendor_id integer,
            pickup_at timestamp,
            dropoff_at timestamp,
            passenger_count integer,
            trip_distance double precision,
            rate_code_id integer,
            store_and_fwd_flag text,
            pu_location_id integer,
            do_location_id integer,
            payment_type integer,
            fare_amount double precision,
            tip_amount double precision,
            total_amount double precision,
            dt text
        );
        create table {Zones} (
            zone_id integer,
            borough text,
            zone_name text,
            service_zone text
        );
        """;

    /// <summary>
    /// Rows arrive in order of time, so a few kilobytes of block ranges let an incremental run read the newest rows only.
    /// </summary>
    public const string Finish = $"""
        create index on {Trips} using brin (pickup_at);
        analyze {Trips};
        analyze {Zones};
        """;

    private const string Columns =
        "vendor_id, pickup_at, dropoff_at, passenger_count, trip_distance, rate_code_id, store_and_fwd_flag, "
        + "pu_location_id, do_location_id, payment_type, fare_amount, tip_amount, total_amount, dt";

    /// <summary>Rows of a table that this transaction made are visible to all at once, and need no vacuum later.</summary>
    public const string CopyNewTrips = $"copy {Trips} ({Columns}) from stdin (format binary, freeze)";

    public const string CopyMoreTrips = $"copy {Trips} ({Columns}) from stdin (format binary)";

    public const string CopyZones =
        $"copy {Zones} (zone_id, borough, zone_name, service_zone) from stdin (format binary)";

    /// <summary>Two landings at once wait for each other; the second then finds the tables.</summary>
    public const string Lock = "select pg_advisory_xact_lock(hashtext('bronze'))";

    /// <summary>
    /// Whether both tables are there. Landing is one transaction, so what is there is complete. It reads the catalog as of
    /// now: <c>to_regclass</c> may answer from before the wait for the lock.
    /// </summary>
    public const string AreThere =
        "select count(*) = 2 from pg_tables where schemaname = 'bronze' and tablename in ('nyc_yellow_trips', 'zone_lookup')";

    public const string LatestPickup = $"select max(pickup_at) from {Trips}";
}
