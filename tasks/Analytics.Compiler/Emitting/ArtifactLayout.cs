using System.Text.Encodings.Web;
using System.Text.Json;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Emitting;

/// <summary>Where things lie in a <c>.pgpac</c>.</summary>
internal static class ArtifactLayout
{
    /// <summary>Raised when a reader of an older version could not read what is written.</summary>
    public const int Format = 1;

    /// <summary>Format, packages, and a hash of every other entry.</summary>
    public const string Index = "artifact.json";

    /// <summary>dbt's manifest, version 12.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The nodes in dependency order.</summary>
    public const string Plan = "plan.json";

    /// <summary>The earliest time a zip can hold.</summary>
    public static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Without white space, as dbt's are: half of a manifest's size; not escaped for HTML, where it never goes.</summary>
    public static readonly JsonWriterOptions JsonOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The folder of a project's files, with a slash at its end. A package's name is an identifier, so it is a safe folder name.</summary>
    public static string FolderOf(string package, bool isRoot) =>
        isRoot ? "sources/root/" : $"sources/packages/{package}/";

    /// <summary>Where the compiled SQL of a node lies.</summary>
    public static string CompiledPath(GraphNode node, bool isIncremental) =>
        $"compiled/{node.UniqueId}{(isIncremental ? ".incremental" : string.Empty)}.sql";
}
