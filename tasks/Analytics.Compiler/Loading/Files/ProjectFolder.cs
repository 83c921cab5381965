using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Definition;
using Analytics.Compiler.Loading.Shapes;

namespace Analytics.Compiler.Loading.Files;

/// <summary>Reads a project from disk. Only here does loading touch the file system, <c>profiles.yml</c> aside.</summary>
public static class ProjectFolder
{
    private static readonly string[] ProjectFiles =
    [
        DefinitionReader.FileName,
        "dependencies.yml",
        "packages.yml",
        "selectors.yml",
        VarsFile.FileName,
    ];

    // Outputs and installed packages; a hidden folder is nobody's resource either.
    private static readonly string[] SkippedFolders = ["artifacts", "bin", "dbt_packages", "obj", "target"];

    private static readonly string[] Extensions = [".csv", ".md", ".py", ".sql", ".yaml", ".yml"];

    /// <summary>Reads the files that a build depends on.</summary>
    /// <param name="directory">The project's folder.</param>
    /// <param name="nameHint">The name used where <c>dbt_project.yml</c> is absent or names none.</param>
    /// <param name="relativePaths">
    /// The files below the folder, as MSBuild's items list them; null to look for them below the folders that
    /// <c>dbt_project.yml</c> names. <c>profiles.yml</c> is never read: it may hold secrets, and all that is read goes into
    /// the artifact.
    /// </param>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static ProjectFileSet Read(string directory, string nameHint, IEnumerable<string>? relativePaths = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(nameHint);
        var root = Path.GetFullPath(directory);
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in ProjectFiles)
        {
            if (File.Exists(Path.Combine(root, name)))
            {
                paths.Add(name);
            }
        }

        foreach (var path in relativePaths ?? Find(root, nameHint))
        {
            var normalized = Path.GetRelativePath(root, Path.Combine(root, path)).Replace('\\', '/');
            if (!IsProfile(normalized) && File.Exists(Path.Combine(root, normalized)))
            {
                paths.Add(normalized);
            }
        }

        return new ProjectFileSet(
            [.. paths.Select(path => new ProjectFile(path, File.ReadAllBytes(Path.Combine(root, path))))],
            root,
            nameHint
        );
    }

    private static bool IsProfile(string path) =>
        string.Equals(Path.GetFileName(path), "profiles.yml", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Find(string root, string nameHint)
    {
        var found = new List<string>();
        foreach (var folder in Folders(root, nameHint))
        {
            Walk(root, folder, found);
        }

        return found;
    }

    // Mistakes in dbt_project.yml are reported when the files are loaded; here its folders are enough.
    private static IEnumerable<string> Folders(string root, string nameHint)
    {
        var path = Path.Combine(root, DefinitionReader.FileName);
        if (!File.Exists(path))
        {
            return PathsReader.Defaults.Docs;
        }

        var ignored = ImmutableArray.CreateBuilder<Diagnostic>();
        var files = new ProjectFileSet(
            [new ProjectFile(DefinitionReader.FileName, File.ReadAllBytes(path))],
            root,
            nameHint
        );
        var paths =
            DefinitionReader.Read(files, new ShapeReader(ignored, reportsUnknownKeys: false), ignored)?.Paths
            ?? PathsReader.Defaults;
        string[] folders =
        [
            .. paths
                .Models.Concat(paths.Seeds)
                .Concat(paths.Tests)
                .Concat(paths.Analyses)
                .Concat(paths.Macros)
                .Concat(paths.Snapshots)
                .Concat(paths.Docs)
                .Distinct(StringComparer.Ordinal),
        ];

        // What a template will say is not known before the files are loaded: it may be any folder.
        return Array.Exists(folders, folder => Jinja.Template.HasMarkup(folder)) ? [string.Empty] : folders;
    }

    private static void Walk(string root, string folder, List<string> found)
    {
        // A link to a folder above would be walked for ever: each real folder is walked once.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>([folder]);
        while (waiting.TryPop(out var next))
        {
            var directory = new DirectoryInfo(Path.Combine(root, next));
            if (!directory.Exists || !seen.Add(RealPath(directory)))
            {
                continue;
            }

            foreach (
                var entry in directory.EnumerateFileSystemInfos("*").OrderBy(info => info.Name, StringComparer.Ordinal)
            )
            {
                var path = next.Length == 0 ? entry.Name : $"{next}/{entry.Name}";
                if (entry is DirectoryInfo)
                {
                    if (!entry.Name.StartsWith('.') && !SkippedFolders.Contains(entry.Name, StringComparer.Ordinal))
                    {
                        waiting.Push(path);
                    }
                }
                else if (Extensions.Contains(entry.Extension, StringComparer.Ordinal))
                {
                    found.Add(path);
                }
            }
        }
    }

    private static string RealPath(DirectoryInfo directory) =>
        (directory.ResolveLinkTarget(returnFinalTarget: true) ?? directory).FullName;
}
