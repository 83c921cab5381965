using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Definition;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Shapes;

namespace Analytics.Compiler.Loading.Packages;

/// <summary>
/// Finds packages on disk that only the project's own YAML knows: those in a <c>packages-install-path</c> of its own, and
/// the <c>local:</c> ones of <c>packages.yml</c> and <c>dependencies.yml</c>, with the local packages of those.
/// </summary>
public static class PackageDiscovery
{
    private const string DefaultInstallPath = "dbt_packages";

    /// <summary>Finds them.</summary>
    /// <param name="projectDirectory">The project's folder.</param>
    /// <param name="known">Folders of packages that were found before: a package is not found twice, by folder or by name.</param>
    /// <returns>Full paths, ordinally sorted; and every folder a change below which may change them.</returns>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static (ImmutableArray<string> Packages, ImmutableArray<string> Watched) Find(
        string projectDirectory,
        IEnumerable<string> known
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(projectDirectory);
        ArgumentNullException.ThrowIfNull(known);
        var root = Path.GetFullPath(projectDirectory);
        var folders = new HashSet<string>(known.Select(RealPath), StringComparer.Ordinal) { RealPath(root) };
        var names = folders.Select(NameOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var watched = new SortedSet<string>(StringComparer.Ordinal);
        if (InstallPath(root) is { } installPath && Directory.Exists(installPath))
        {
            watched.Add(installPath);
            foreach (var folder in Directory.GetDirectories(installPath).Order(StringComparer.Ordinal))
            {
                Take(folder);
            }
        }

        var open = new Queue<string>([root]);
        while (open.TryDequeue(out var owner))
        {
            foreach (var local in Locals(owner))
            {
                if (Take(local))
                {
                    watched.Add(local);
                    open.Enqueue(local);
                }
            }
        }

        return ([.. found], [.. watched]);

        bool Take(string folder) =>
            NameOf(folder) is { } name && folders.Add(RealPath(folder)) && names.Add(name) && found.Add(folder);
    }

    // Null for dbt's own folder, which MSBuild looks into.
    private static string? InstallPath(string root)
    {
        var raw = Definition(root)?.Raw;
        var path = ((raw?["packages-install-path"] ?? raw?["modules-path"]) as Yaml.YamlScalar)?.Text;
        return string.IsNullOrEmpty(path) || path == DefaultInstallPath
            ? null
            : Path.GetFullPath(Path.Combine(root, path));
    }

    private static IEnumerable<string> Locals(string folder)
    {
        // What is wrong with the files is said when the project is loaded.
        var ignored = ImmutableArray.CreateBuilder<Diagnostic>();
        var files = Read(folder, PackagesReader.PackagesFile, PackagesReader.DependenciesFile);
        return PackagesReader
            .Read(files, new ShapeReader(ignored, reportsUnknownKeys: false), ignored)
            .Where(package => package.Kind == PackageKind.Local)
            .Select(package =>
                Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, package.Location)))
            );
    }

    // A folder is a package when it has a dbt_project.yml.
    private static string? NameOf(string folder) =>
        File.Exists(Path.Combine(folder, DefinitionReader.FileName)) ? Definition(folder)?.Name : null;

    private static ProjectDefinition? Definition(string folder)
    {
        var ignored = ImmutableArray.CreateBuilder<Diagnostic>();
        return DefinitionReader.Read(
            Read(folder, DefinitionReader.FileName),
            new ShapeReader(ignored, reportsUnknownKeys: false),
            ignored
        );
    }

    private static ProjectFileSet Read(string folder, params IEnumerable<string> names) =>
        new(
            [
                .. names
                    .Where(name => File.Exists(Path.Combine(folder, name)))
                    .Order(StringComparer.Ordinal)
                    .Select(name => new ProjectFile(name, File.ReadAllBytes(Path.Combine(folder, name)))),
            ],
            folder,
            Path.GetFileName(folder)
        );

    private static string RealPath(string folder)
    {
        var directory = new DirectoryInfo(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return (
            directory.Exists ? directory.ResolveLinkTarget(returnFinalTarget: true) ?? directory : directory
        ).FullName;
    }
}
