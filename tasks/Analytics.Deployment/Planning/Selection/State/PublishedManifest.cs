using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Analytics.Deployment.Planning.Selection.State;

/// <summary>The manifest that a target was last published from, as it is kept in its state schema.</summary>
/// <param name="Hash">Of the manifest, lower-case hex.</param>
/// <param name="Compressed">The manifest, gzipped.</param>
internal sealed record PublishedManifest(string Hash, ReadOnlyMemory<byte> Compressed)
{
    private static readonly string[] Maps = ["nodes", "sources", "exposures", "unit_tests", "functions"];
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 256 };

    /// <summary>The manifest after a publish.</summary>
    /// <param name="manifest">That of the project as it is now.</param>
    /// <param name="before">What is kept; null for nothing.</param>
    /// <param name="published">Unique ids of what was published now.</param>
    /// <param name="isAll">Whether these are all of the project's nodes.</param>
    public static PublishedManifest After(
        ReadOnlyMemory<byte> manifest,
        PublishedManifest? before,
        IReadOnlySet<string> published,
        bool isAll
    )
    {
        var bytes = isAll ? manifest : Merge(manifest, before, published);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        return hash == before?.Hash ? before : new PublishedManifest(hash, Compress(bytes));
    }

    /// <summary>The manifest's bytes.</summary>
    /// <exception cref="InvalidDataException">They are not what was written.</exception>
    public byte[] Read()
    {
        using var source = new MemoryStream(Compressed.ToArray());
        using var gzip = new GZipStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        gzip.CopyTo(target);
        return target.ToArray();
    }

    // What was not published now is what it was, or is not there yet. A macro that changed stays as it was, for nodes that call it may not have
    // been published: they must count as changed until all are.
    private static byte[] Merge(
        ReadOnlyMemory<byte> manifest,
        PublishedManifest? before,
        IReadOnlySet<string> published
    )
    {
        var now = JsonNode.Parse(manifest.Span, documentOptions: Reading)!.AsObject();
        var old = before is null ? [] : JsonNode.Parse(before.Read(), documentOptions: Reading)!.AsObject();
        foreach (var map in Maps)
        {
            Take(now[map] as JsonObject, old[map] as JsonObject, published.Contains);
        }

        Take(now["macros"] as JsonObject, old["macros"] as JsonObject, id => old["macros"]?[id] is null);
        return JsonSerializer.SerializeToUtf8Bytes(now, new JsonSerializerOptions { MaxDepth = 256 });
    }

    private static void Take(JsonObject? now, JsonObject? old, Func<string, bool> isNew)
    {
        if (now is null)
        {
            return;
        }

        foreach (var id in now.Select(entry => entry.Key).ToList().Where(id => !isNew(id)))
        {
            if (old?[id] is { } entry)
            {
                now[id] = entry.DeepClone();
            }
            else
            {
                now.Remove(id);
            }
        }
    }

    private static byte[] Compress(ReadOnlyMemory<byte> bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(bytes.Span);
        }

        return target.ToArray();
    }
}
