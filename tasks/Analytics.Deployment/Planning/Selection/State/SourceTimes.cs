using System.Text.Json;

namespace Analytics.Deployment.Planning.Selection.State;

/// <summary>Reads when the newest rows of sources were loaded, from a <c>sources.json</c>.</summary>
internal static class SourceTimes
{
    private const string FileName = "sources.json";

    /// <summary>Reads a folder's file.</summary>
    /// <param name="folder">The folder; null for none.</param>
    /// <returns>Moments by unique id, without the sources that could not be measured; or why it cannot be read.</returns>
    public static (IReadOnlyDictionary<string, DateTimeOffset>? Times, string Problem) Read(string? folder)
    {
        var file = folder is null ? null : Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            return (
                null,
                $"there is no {FileName} in '{folder}': dotnet build -t:SourceFreshness writes it, now and for the earlier state"
            );
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var times = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            if (ManifestView.At(document.RootElement, "results") is { ValueKind: JsonValueKind.Array } results)
            {
                foreach (var result in results.EnumerateArray())
                {
                    if (
                        ManifestView.At(result, "unique_id") is { ValueKind: JsonValueKind.String } id
                        && ManifestView.At(result, "max_loaded_at") is { ValueKind: JsonValueKind.String } loaded
                        && loaded.TryGetDateTimeOffset(out var moment)
                    )
                    {
                        times[id.GetString()!] = moment;
                    }
                }
            }

            return (times, string.Empty);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return (null, $"'{file}' cannot be read: {exception.Message}");
        }
    }
}
