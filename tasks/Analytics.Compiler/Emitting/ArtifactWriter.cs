using System.Buffers;
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
    public static (ReadOnlySequence<byte> Artifact, ReadOnlySequence<byte> Manifest) Write(
        CompiledProject project,
        ImmutableArray<ParsedModel> models
    )
    {
        var compiled = models.Where(model => !model.IsIncremental).ToDictionary(model => model.Node.UniqueId);
        var entries = Sources(project).Concat(models.Select(Compiled)).ToList();
        var buffers = new ArtifactBuffers();
        var manifest = ManifestWriter.Write(project, compiled, buffers);
        entries.Add(new Entry(ArtifactLayout.Manifest, manifest));
        entries.Add(new Entry(ArtifactLayout.Plan, PlanWriter.Write(project.Graph, buffers)));
        entries.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        var index = new Entry(ArtifactLayout.Index, Index(project, entries, buffers));
        entries.Add(index);
        entries.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return (Zip(entries, buffers), manifest);
    }

    private static IEnumerable<Entry> Sources(CompiledProject project) =>
        from package in project.Source.All
        let folder = ArtifactLayout.FolderOf(package.Name, package == project.Source.Root)
        from file in package.Files.Files
        select new Entry(folder + file.Path, new ReadOnlySequence<byte>(file.Content));

    private static Entry Compiled(ParsedModel model) =>
        new(
            ArtifactLayout.CompiledPath(model.Node, model.IsIncremental),
            new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(model.Sql.Text))
        );

    private static ReadOnlySequence<byte> Index(CompiledProject project, List<Entry> entries, ArtifactBuffers buffers)
    {
        var buffer = buffers.New();
        using (var json = new Utf8JsonWriter((IBufferWriter<byte>)buffer, ArtifactLayout.JsonOptions))
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
            var hashes = new string[entries.Count];
            Parallel.For(0, hashes.Length, index => hashes[index] = Hash(entries[index].Content));
            for (var index = 0; index < hashes.Length; index++)
            {
                json.WriteString(entries[index].Path, hashes[index]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.GetReadOnlySequence();
    }

    private static string Hash(ReadOnlySequence<byte> content)
    {
        if (content.IsSingleSegment)
        {
            return Convert.ToHexStringLower(SHA256.HashData(content.FirstSpan));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in content)
        {
            hash.AppendData(piece.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ReadOnlySequence<byte> Zip(List<Entry> entries, ArtifactBuffers buffers)
    {
        var buffer = buffers.New();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (path, content) in entries)
            {
                var member = zip.CreateEntry(path, CompressionLevel.NoCompression);
                member.LastWriteTime = ArtifactLayout.Epoch;
                member.ExternalAttributes = 0;
                using var target = member.Open();
                foreach (var piece in content)
                {
                    target.Write(piece.Span);
                }
            }
        }

        return buffer.GetReadOnlySequence();
    }

    private sealed record Entry(string Path, ReadOnlySequence<byte> Content);
}
