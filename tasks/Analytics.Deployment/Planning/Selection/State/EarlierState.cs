using System.IO.Compression;
using System.Text.Json;

namespace Analytics.Deployment.Planning.Selection.State;

/// <summary>What an earlier build or publish left.</summary>
/// <param name="Manifest">Its manifest; null when there is none.</param>
/// <param name="Results">The status of each node by unique id, from <c>run_results.json</c>; null when there is none.</param>
/// <param name="Folder">The folder that these files are in; null when they are none.</param>
internal sealed record EarlierState(
    ManifestView? Manifest,
    IReadOnlyDictionary<string, string>? Results,
    string? Folder
)
{
    private const string ManifestName = "manifest.json";

    /// <summary>Reads a folder, a manifest or an artifact.</summary>
    /// <returns>The state; or why it cannot be read.</returns>
    public static (EarlierState? State, string Problem) Read(string path)
    {
        try
        {
            var isFolder = Directory.Exists(path);
            if (!isFolder && !File.Exists(path))
            {
                return (null, $"there is no file and no folder '{path}'");
            }

            var folder = isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
            var manifest = isFolder ? Path.Combine(path, ManifestName) : path;
            var results = Path.Combine(folder, "run_results.json");
            return (
                new EarlierState(
                    File.Exists(manifest) ? ManifestView.Read(Bytes(manifest)) : null,
                    File.Exists(results) ? Statuses(File.ReadAllBytes(results)) : null,
                    folder
                ),
                string.Empty
            );
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or InvalidDataException
                        or NotSupportedException
            )
        {
            return (null, $"'{path}' cannot be read: {exception.Message}");
        }
    }

    private static byte[] Bytes(string path)
    {
        if (!path.EndsWith(".pgpac", StringComparison.OrdinalIgnoreCase))
        {
            return File.ReadAllBytes(path);
        }

        using var zip = ZipFile.OpenRead(path);
        var entry = zip.GetEntry(ManifestName) ?? throw new InvalidDataException($"there is no {ManifestName} in it");
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static Dictionary<string, string> Statuses(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var statuses = new Dictionary<string, string>(StringComparer.Ordinal);
        if (ManifestView.At(document.RootElement, "results") is not { ValueKind: JsonValueKind.Array } results)
        {
            return statuses;
        }

        foreach (var result in results.EnumerateArray())
        {
            var (id, status) = (ManifestView.At(result, "unique_id"), ManifestView.At(result, "status"));
            if (id.ValueKind == JsonValueKind.String && status.ValueKind == JsonValueKind.String)
            {
                statuses[id.GetString()!] = status.GetString()!;
            }
        }

        return statuses;
    }
}
