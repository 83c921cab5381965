using Npgsql;
using NpgsqlTypes;

namespace Analytics.Landing;

/// <summary>Brings the bronze layer into a database: all of it or, when anything goes wrong, nothing.</summary>
internal sealed class BronzeLanding(NpgsqlDataSource dataSource, TextWriter output)
{
    private const int ReportEvery = 10_000;

    /// <summary>The three months that are landed.</summary>
    private static readonly DateTime From = new(2023, 7, 1);

    private static readonly DateTime To = new(2023, 10, 1);

    /// <summary>Lands both tables unless they are there.</summary>
    public async Task LandAsync(LandingOptions options, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await AreThereAsync(connection, cancellationToken))
        {
            await output.WriteLineAsync($"{BronzeTables.Trips} and {BronzeTables.Zones} are landed already");
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, BronzeTables.Lock, cancellationToken);
        if (await AreThereAsync(connection, cancellationToken))
        {
            await output.WriteLineAsync(
                $"{BronzeTables.Trips} and {BronzeTables.Zones} were landed by another process"
            );
            return;
        }

        await ExecuteAsync(connection, BronzeTables.Create, cancellationToken);
        var map = new ZoneMap(ZoneLookup.All);
        await CopyZonesAsync(connection, map, cancellationToken);
        var hours = (int)(To - From).TotalHours;
        var trips = new TripGenerator(map, options.Seed).Generate(From, hours, options.Trips);
        await CopyTripsAsync(connection, BronzeTables.CopyNewTrips, trips, options.Trips, cancellationToken);
        await ExecuteAsync(connection, BronzeTables.Finish, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await output.WriteLineAsync($"landed {Summary(options.Trips)}, and {map.Zones.Length} zones");
    }

    /// <summary>Adds trips that begin after those that are there, as dense as in three months of a million.</summary>
    /// <exception cref="InvalidOperationException">Nothing is landed yet.</exception>
    public async Task AppendAsync(LandingOptions options, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (!await AreThereAsync(connection, cancellationToken))
            throw new InvalidOperationException($"{BronzeTables.Trips} is not landed yet: run without --append first.");
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, BronzeTables.Lock, cancellationToken);
        await using var query = new NpgsqlCommand(BronzeTables.LatestPickup, connection);
        var latest = await query.ExecuteScalarAsync(cancellationToken) as DateTime? ?? From;
        var from = options.After ?? latest.AddSeconds(1);
        if (from <= latest)
            throw new InvalidOperationException(
                $"There are trips up to {latest:yyyy-MM-dd HH:mm:ss}: appended ones must begin later."
            );

        const long TripsPerHour = 450;
        var hours = (int)(options.Append / TripsPerHour) + 1;
        var trips = new TripGenerator(new ZoneMap(ZoneLookup.All), options.Seed).Generate(from, hours, options.Append);
        await CopyTripsAsync(connection, BronzeTables.CopyMoreTrips, trips, options.Append, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await output.WriteLineAsync($"appended {Summary(options.Append)}");
    }

    private static string Summary(long trips) =>
        FormattableString.Invariant($"{trips:N0} trips, {Dirt.Count(trips):N0} of them bad");

    private static async Task<bool> AreThereAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(BronzeTables.AreThere, connection);
        return await query.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection,
        string statements,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(statements, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task CopyZonesAsync(
        NpgsqlConnection connection,
        ZoneMap map,
        CancellationToken cancellationToken
    )
    {
        await using var writer = await connection.BeginBinaryImportAsync(BronzeTables.CopyZones, cancellationToken);
        foreach (var zone in map.Zones)
        {
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(zone.Id, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(zone.Borough, NpgsqlDbType.Text, cancellationToken);
            await writer.WriteAsync(zone.Name, NpgsqlDbType.Text, cancellationToken);
            await writer.WriteAsync(zone.ServiceZone, NpgsqlDbType.Text, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    private async Task CopyTripsAsync(
        NpgsqlConnection connection,
        string copy,
        IEnumerable<Trip> trips,
        long total,
        CancellationToken cancellationToken
    )
    {
        var progress = new LandingProgress(output, BronzeTables.Trips, total);
        await using var writer = await connection.BeginBinaryImportAsync(copy, cancellationToken);
        var rows = 0L;
        foreach (var trip in trips)
        {
            // Synchronous: a row is a few writes into a buffer, and 14 million awaits would take longer than they do.
            WriteTrip(writer, trip);
            if (++rows % ReportEvery != 0 && rows != total)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(rows);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    private static void WriteTrip(NpgsqlBinaryImporter writer, in Trip trip)
    {
        writer.StartRow();
        writer.Write(trip.VendorId, NpgsqlDbType.Integer);
        WriteOrNull(writer, trip.PickupAt, NpgsqlDbType.Timestamp);
        writer.Write(trip.DropoffAt, NpgsqlDbType.Timestamp);
        WriteOrNull(writer, trip.PassengerCount, NpgsqlDbType.Integer);
        writer.Write(trip.TripDistance, NpgsqlDbType.Double);
        WriteOrNull(writer, trip.RateCodeId, NpgsqlDbType.Integer);
        if (trip.StoreAndForwardFlag is null)
            writer.WriteNull();
        else
            writer.Write(trip.StoreAndForwardFlag, NpgsqlDbType.Text);
        writer.Write(trip.PickupZone, NpgsqlDbType.Integer);
        writer.Write(trip.DropoffZone, NpgsqlDbType.Integer);
        writer.Write(trip.PaymentType, NpgsqlDbType.Integer);
        writer.Write(trip.FareAmount, NpgsqlDbType.Double);
        writer.Write(trip.TipAmount, NpgsqlDbType.Double);
        writer.Write(trip.TotalAmount, NpgsqlDbType.Double);
        writer.Write(trip.Month, NpgsqlDbType.Text);
    }

    private static void WriteOrNull<T>(NpgsqlBinaryImporter writer, T? value, NpgsqlDbType type)
        where T : struct
    {
        if (value is { } present)
            writer.Write(present, type);
        else
            writer.WriteNull();
    }
}
