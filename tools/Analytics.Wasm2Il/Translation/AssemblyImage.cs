using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace Analytics.Wasm2Il.Translation;

/// <summary>Writes an assembly so that its bytes depend on what it holds and on nothing else.</summary>
internal static class AssemblyImage
{
    private const int GuidSize = 16;

    // A date in the future of the PE format's clock marks a deterministic build, as the C# compiler's does.
    private const uint DeterministicStamp = 0x80000000;

    public static byte[] Write(PersistedAssemblyBuilder assembly)
    {
        var metadata = assembly.GenerateMetadata(out var code, out var data);
        var builder = new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.ExecutableImage | Characteristics.Dll),
            new MetadataRootBuilder(metadata),
            code,
            data,
            deterministicIdProvider: _ => new BlobContentId(Guid.Empty, DeterministicStamp)
        );
        var blob = new BlobBuilder();
        builder.Serialize(blob);
        var image = blob.ToArray();
        ReplaceModuleVersion(image);
        return image;
    }

    // The builder draws the module's version id at random. A hash of everything else takes its place.
    private static void ReplaceModuleVersion(byte[] image)
    {
        using var reader = new PEReader(new MemoryStream(image));
        var metadata = reader.GetMetadataReader();
        var handle = metadata.GetModuleDefinition().Mvid;
        var start =
            reader.PEHeaders.MetadataStartOffset
            + metadata.GetHeapMetadataOffset(HeapIndex.Guid)
            + ((metadata.GetHeapOffset(handle) - 1) * GuidSize);
        var version = image.AsSpan(start, GuidSize);
        version.Clear();
        SHA256.HashData(image).AsSpan(0, GuidSize).CopyTo(version);
    }
}
