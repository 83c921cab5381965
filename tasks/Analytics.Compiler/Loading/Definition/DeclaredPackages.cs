using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>
/// Compares <c>packages.yml</c> and <c>dependencies.yml</c> with the packages that were found. Only the entries of dbt's hub
/// name their package; a git repository or a folder may be named as it likes.
/// </summary>
internal static class DeclaredPackages
{
    private static readonly ImmutableArray<string> FileNames = ["packages.yml", "dependencies.yml"];

    /// <summary>Reports packages that are asked for and not there.</summary>
    /// <param name="files">The project's files.</param>
    /// <param name="installed">The names of the packages.</param>
    /// <param name="diagnostics">Takes the reports.</param>
    public static void Check(
        ProjectFileSet files,
        IReadOnlySet<string> installed,
        ImmutableArray<Diagnostic>.Builder diagnostics
    )
    {
        foreach (var file in files.Files.Where(file => FileNames.Contains(file.Path)))
        {
            if (TextDecoder.Decode(file, files.Directory, diagnostics) is not { } text)
            {
                continue;
            }

            var document = YamlReader.Parse(text);
            diagnostics.AddRange(document.Diagnostics);
            var entries = ((document.Root as YamlMapping)?["packages"] as YamlSequence)?.Items ?? [];
            foreach (var entry in entries.OfType<YamlMapping>())
            {
                if (entry["package"] is YamlScalar { Value: string } name && IsMissing(name.Text, installed))
                {
                    diagnostics.Add(ProjectDiagnostics.MissingPackage(name.Content, name.Text));
                }
            }
        }
    }

    private static bool IsMissing(string name, IReadOnlySet<string> installed) =>
        !Template.HasMarkup(name) && !installed.Contains(name[(name.LastIndexOf('/') + 1)..]);
}
