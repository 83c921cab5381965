using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Definition;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Loading;

/// <summary>
/// What a file says by itself, whatever the others say: its text, its YAML, its macros. Several threads prepare files;
/// one then reads them in order.
/// </summary>
/// <param name="File">The file.</param>
/// <param name="Text">Null for a kind of file that is not read, and (reported) for what is no text.</param>
/// <param name="Yaml">Null for what is no YAML of properties.</param>
/// <param name="Macros">Null for what holds no macros.</param>
/// <param name="Diagnostics">Of the decoding.</param>
internal sealed record PreparedFile(
    ProjectFile File,
    SourceFile? Text,
    YamlDocument? Yaml,
    MacroFile? Macros,
    ImmutableArray<Diagnostic> Diagnostics
)
{
    /// <summary>The path below the package's folder.</summary>
    public string Path => File.Path;

    /// <summary>Prepares all files of a package, on all processors.</summary>
    /// <returns>In the order of the files.</returns>
    public static PreparedFile[] All(ProjectFileSet files, ResourcePaths paths)
    {
        var prepared = new PreparedFile[files.Files.Length];
        Parallel.For(0, prepared.Length, index => prepared[index] = Of(files.Files[index], files.Directory, paths));
        return prepared;
    }

    private static PreparedFile Of(ProjectFile file, string? directory, ResourcePaths paths)
    {
        var extension = file.Path[(file.Path.LastIndexOf('.') + 1)..];
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var text = extension is "csv" or "md" or "py" or "sql" or "yaml" or "yml"
            ? TextDecoder.Decode(file, directory, diagnostics)
            : null;
        var yaml = text is not null && extension is "yaml" or "yml" ? YamlReader.Parse(text) : null;
        var macros = text is not null && extension == "sql" && HoldsMacros(text, paths) ? MacroFile.Parse(text) : null;
        return new PreparedFile(file, text, yaml, macros, diagnostics.ToImmutable());
    }

    private static bool HoldsMacros(SourceFile text, ResourcePaths paths) =>
        ResourceFolder.Below(text.Path, paths.Macros) is not null
        || (ResourceFolder.Below(text.Path, paths.Tests) is { } test && IsGenericTest(text, test));

    // dbt looks into tests/generic only; a test block elsewhere could be nothing else either.
    private static bool IsGenericTest(SourceFile text, string path) =>
        path.StartsWith("generic/", StringComparison.Ordinal)
        || (
            text.Text.Contains("endtest", StringComparison.Ordinal)
            && BlockScanner.Scan(text, BlockKinds.Test).Blocks.Length > 0
        );
}
