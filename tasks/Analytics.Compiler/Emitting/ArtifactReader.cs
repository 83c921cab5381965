using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Files;

namespace Analytics.Compiler.Emitting;

/// <summary>Opens a <c>.pgpac</c>.</summary>
public static class ArtifactReader
{
    /// <summary>Reads an artifact and checks every hash in it.</summary>
    /// <param name="path">The file.</param>
    public static ArtifactResult Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries)
            {
                if (!entries.TryAdd(entry.FullName, Read(entry)))
                {
                    return Failed(path, $"its entry '{entry.FullName}' is there twice");
                }
            }

            return entries.TryGetValue(ArtifactLayout.Index, out var index)
                ? Open(path, JsonDocument.Parse(index).RootElement, entries)
                : Failed(path, "it has no artifact.json");
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or InvalidDataException
                        or JsonException
                        or UnauthorizedAccessException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            return Failed(path, exception.Message);
        }
    }

    private static ArtifactResult Open(string path, JsonElement index, Dictionary<string, byte[]> entries)
    {
        var format = index.GetProperty("format");
        if (
            format.ValueKind != JsonValueKind.Number
            || !format.TryGetInt32(out var number)
            || number != ArtifactLayout.Format
        )
        {
            return Failed(
                path,
                FormattableString.Invariant(
                    $"its format is {format.GetRawText()}, and this SDK reads {ArtifactLayout.Format}"
                )
            );
        }

        foreach (var hash in index.GetProperty("sha256").EnumerateObject())
        {
            if (
                !entries.TryGetValue(hash.Name, out var content)
                || Convert.ToHexStringLower(SHA256.HashData(content)) != hash.Value.GetString()
            )
            {
                return Failed(path, $"its entry '{hash.Name}' was changed after the build");
            }
        }

        var sets = index.GetProperty("packages").EnumerateArray().Select(package => Files(package, entries)).ToList();
        if (sets.Count == 0)
        {
            return Failed(path, "it holds no project");
        }

        var artifact = new Artifact(
            index.GetProperty("project").GetString()!,
            index.GetProperty("profile").GetString(),
            new ProjectInput(sets[0], [.. sets.Skip(1)]),
            entries[ArtifactLayout.Manifest]
        );
        return new ArtifactResult(artifact, []);
    }

    private static ProjectFileSet Files(JsonElement package, Dictionary<string, byte[]> entries)
    {
        var folder = package.GetProperty("folder").GetString()!;
        var files = entries
            .Where(entry => entry.Key.StartsWith(folder, StringComparison.Ordinal))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new ProjectFile(entry.Key[folder.Length..], entry.Value));
        return new ProjectFileSet([.. files], null, package.GetProperty("hint").GetString()!);
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static ArtifactResult Failed(string path, string message) =>
        new(null, [ProjectDiagnostics.Artifact(path, message)]);
}

/// <summary>What a <c>.pgpac</c> holds.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="ProfileName">The profile its <c>dbt_project.yml</c> names; null when it names none.</param>
/// <param name="Input">The project's and its packages' files.</param>
/// <param name="Manifest">The bytes of <c>manifest.json</c>.</param>
public sealed record Artifact(
    string ProjectName,
    string? ProfileName,
    ProjectInput Input,
    ReadOnlyMemory<byte> Manifest
);

/// <summary>What opening gave.</summary>
/// <param name="Artifact">Null when there is an error.</param>
/// <param name="Diagnostics">Why.</param>
public sealed record ArtifactResult(Artifact? Artifact, ImmutableArray<Diagnostic> Diagnostics);
