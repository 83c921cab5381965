using System.Collections.Immutable;
using System.Text.Json;
using Analytics.Deployment.Planning.Selection.State;

namespace Analytics.Deployment.Planning.Retrying;

/// <summary>A run that <c>run_results.json</c> tells of, ours or dbt's.</summary>
/// <param name="Statuses">dbt's word for what became of each node, by unique id.</param>
/// <param name="Switches">With what it ran.</param>
internal sealed record EarlierRun(ImmutableDictionary<string, string> Statuses, EarlierSwitches Switches)
{
    private const string FileName = "run_results.json";
    private static readonly string[] Publishes = ["build", "run", "seed", "snapshot", "test"];

    /// <summary>Reads the results in a folder, or beside an artifact or a manifest.</summary>
    /// <returns>The run; or why there is none to go on with.</returns>
    public static (EarlierRun? Run, string Problem) Read(string path)
    {
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var file = path.EndsWith(FileName, StringComparison.Ordinal) ? path : Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(file))
            {
                return (null, $"there is no {FileName} in '{folder}'");
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var args = ManifestView.At(document.RootElement, "args");
            var command = Text(args, "which");
            return command is null || Publishes.Contains(command, StringComparer.Ordinal)
                ? (new EarlierRun(ReadStatuses(document.RootElement), EarlierSwitches.Read(args)), string.Empty)
                : (null, $"'{file}' tells of '{command}', which is no publish");
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            return (null, $"'{file}' cannot be read: {exception.Message}");
        }
    }

    /// <summary>A text of an object; null when it has none.</summary>
    internal static string? Text(JsonElement element, string key) =>
        ManifestView.At(element, key) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static ImmutableDictionary<string, string> ReadStatuses(JsonElement root)
    {
        var statuses = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (ManifestView.At(root, "results") is { ValueKind: JsonValueKind.Array } results)
        {
            foreach (var result in results.EnumerateArray())
            {
                if (Text(result, "unique_id") is { } id && Text(result, "status") is { } status)
                {
                    statuses[id] = status;
                }
            }
        }

        return statuses.ToImmutable();
    }
}
