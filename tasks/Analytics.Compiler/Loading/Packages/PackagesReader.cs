using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Definition;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Packages;

/// <summary>Reads <c>packages.yml</c> and <c>dependencies.yml</c>.</summary>
internal static class PackagesReader
{
    public const string PackagesFile = "packages.yml";
    public const string DependenciesFile = "dependencies.yml";

    private static readonly (string Key, PackageKind Kind)[] Kinds =
    [
        ("package", PackageKind.Hub),
        ("git", PackageKind.Git),
        ("tarball", PackageKind.Tarball),
        ("local", PackageKind.Local),
        ("private", PackageKind.Private),
    ];

    /// <summary>The packages that both files ask for, in their order.</summary>
    /// <param name="files">The project's files.</param>
    /// <param name="shapes">Takes reports of the files' shape.</param>
    /// <param name="diagnostics">Takes reports of their syntax.</param>
    public static ImmutableArray<PackageDeclaration> Read(
        ProjectFileSet files,
        ShapeReader shapes,
        ImmutableArray<Diagnostic>.Builder diagnostics
    )
    {
        var packages = ImmutableArray.CreateBuilder<PackageDeclaration>();
        foreach (var name in (ReadOnlySpan<string>)[DependenciesFile, PackagesFile])
        {
            var file = files.Files.FirstOrDefault(file => file.Path == name);
            if (file is null || TextDecoder.Decode(file, files.Directory, diagnostics) is not { } text)
            {
                continue;
            }

            var document = YamlReader.Parse(text);
            diagnostics.AddRange(document.Diagnostics);
            if (shapes.Mapping(document.Root, name) is { } root)
            {
                ReadFile(root, shapes, packages);
            }
        }

        return packages.ToImmutable();
    }

    private static void ReadFile(
        YamlMapping root,
        ShapeReader shapes,
        ImmutableArray<PackageDeclaration>.Builder packages
    )
    {
        shapes.CheckKeys(root, PackageKeys.File);
        foreach (var entry in shapes.Mappings(root["packages"], "'packages'", "a package"))
        {
            shapes.CheckKeys(entry, PackageKeys.Package);
            var (key, kind) = Array.Find(Kinds, known => entry[known.Key] is not null);
            if (key is null)
            {
                shapes.Report(
                    ProjectDiagnostics.YamlShape(
                        entry.Entries.IsEmpty ? entry.Span : entry.Entries[0].KeySpan,
                        "a package",
                        "a mapping with 'package', 'git', 'local', 'tarball' or 'private'",
                        "none of these keys"
                    )
                );
            }
            else if (shapes.Required(entry, key, "a package") is { } location)
            {
                var name = shapes.Text(entry["name"], "'name' of a package") ?? NameOf(kind, location.Text);
                packages.Add(new PackageDeclaration(kind, location.Text, name, location.Content));
            }
        }

        foreach (var project in shapes.Mappings(root["projects"], "'projects'", "a project"))
        {
            if (shapes.Required(project, "name", "a project") is { } name)
            {
                shapes.Report(ProjectDiagnostics.NotApplied(name.Content, $"the project '{name.Text}'"));
            }
        }
    }

    // A repository is usually named like the package in it.
    private static string? NameOf(PackageKind kind, string location)
    {
        var last = location.TrimEnd('/')[(location.TrimEnd('/').LastIndexOf('/') + 1)..];
        last = last.EndsWith(".git", StringComparison.Ordinal) ? last[..^4] : last;
        return kind is PackageKind.Local or PackageKind.Tarball || last.Length == 0 ? null : ProjectName.Sanitize(last);
    }
}
