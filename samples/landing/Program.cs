using Analytics.Landing;
using Npgsql;

const int Failed = 1;
const int Misused = 2;
const int Cancelled = 130;

if (LandingOptions.Parse(args, out var error) is not { } options)
{
    await Console.Error.WriteLineAsync(error);
    await Console.Error.WriteLineAsync(LandingOptions.Usage);
    return Misused;
}

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};
try
{
    await using var dataSource = NpgsqlDataSource.Create(
        ServerFromEnvironment.ConnectionString(Environment.GetEnvironmentVariable)
    );
    var landing = new BronzeLanding(dataSource, Console.Out);
    if (options.Append > 0)
        await landing.AppendAsync(options, cancellation.Token);
    else
        await landing.LandAsync(options, cancellation.Token);
    return 0;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("cancelled; nothing was landed");
    return Cancelled;
}
catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or ArgumentException)
{
    await Console.Error.WriteLineAsync("error: " + exception.Message);
    return Failed;
}
