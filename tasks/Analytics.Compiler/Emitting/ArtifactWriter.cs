using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Analytics.Compiler.Parsing;

namespace Analytics.Compiler.Emitting;

/// <summary>
/// Writes the <c>.pgpac</c>: a zip whose bytes depend on the input only. Entries are sorted, dated 1980-01-01 (the zero of
/// zip) and stored, because two versions of a compressor may not agree on bytes.
/// </summary>
internal static class ArtifactWriter
{
    /// <summary>Writes an artifact.</summary>
    /// <returns>Its bytes, and those of the manifest in it.</returns>
    public static (ReadOnlyMemory<byte> Artifact, ReadOnlyMemory<byte> Manifest) Write(
        CompiledProject project,
        ImmutableArray<ParsedModel> models
    )
    {
        var compiled = models.Where(model => !model.IsIncremental).ToDictionary(model => model.Node.UniqueId);
        var entries = new SortedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        AddSources(entries, project);
        foreach (var model in models)
        {
            entries[ArtifactLayout.CompiledPath(model.Node, model.IsIncremental)] = Encoding.UTF8.GetBytes(
                model.Sql.Text
            );
        }

        entries[ArtifactLayout.Manifest] = ManifestWriter.Write(project, compiled);
        entries[ArtifactLayout.Plan] = PlanWriter.Write(project.Graph);
        entries[ArtifactLayout.Index] = Index(project, entries);
        return (Zip(entries), entries[ArtifactLayout.Manifest]);
    }

    private static void AddSources(SortedDictionary<string, ReadOnlyMemory<byte>> entries, CompiledProject project)
    {
        foreach (var package in project.Source.All)
        {
            var folder = ArtifactLayout.FolderOf(package.Name, package == project.Source.Root);
            foreach (var file in package.Files.Files)
            {
                entries[folder + file.Path] = file.Content;
            }
        }
    }

    private static byte[] Index(CompiledProject project, SortedDictionary<string, ReadOnlyMemory<byte>> entries)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, ArtifactLayout.JsonOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("format", ArtifactLayout.Format);
            json.WriteString("project", project.Source.Root.Name);
            json.WriteString("profile", project.Source.Root.Definition.Profile);
            json.WriteStartArray("packages");
            foreach (var package in project.Source.All)
            {
                json.WriteStartObject();
                json.WriteString("name", package.Name);
                json.WriteString("hint", package.Files.NameHint);
                json.WriteString("folder", ArtifactLayout.FolderOf(package.Name, package == project.Source.Root));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("sha256");
            foreach (var (path, content) in entries)
            {
                json.WriteString(path, Convert.ToHexStringLower(SHA256.HashData(content.Span)));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static ReadOnlyMemory<byte> Zip(SortedDictionary<string, ReadOnlyMemory<byte>> entries)
    {
        // For each entry its content, its name twice and the two headers.
        var size = entries.Sum(entry => (long)entry.Value.Length + (2 * entry.Key.Length) + 128);
        using var stream = new MemoryStream((int)Math.Min(size, Array.MaxLength));
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (path, content) in entries)
            {
                var entry = zip.CreateEntry(path, CompressionLevel.NoCompression);
                entry.LastWriteTime = ArtifactLayout.Epoch;
                entry.ExternalAttributes = 0;
                using var target = entry.Open();
                target.Write(content.Span);
            }
        }

        return stream.GetBuffer().AsMemory(0, (int)stream.Length);
    }
}
