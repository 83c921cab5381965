using System.Collections.Immutable;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Packages;
using Microsoft.Build.Framework;

namespace Analytics.Tasks;

/// <summary>Turns MSBuild's items into what the compiler reads.</summary>
internal static class PackageFolders
{
    /// <summary>
    /// Reads the project and its packages: those that MSBuild knows, and those that only the project's YAML names. Packages
    /// come in ordinal order of their id, never of their folder, which is another one on another machine.
    /// </summary>
    /// <param name="projectDirectory">The project's folder.</param>
    /// <param name="projectName">The name used where <c>dbt_project.yml</c> names none.</param>
    /// <param name="packages">The packages that MSBuild knows.</param>
    /// <param name="watched">The folders that MSBuild does not know, a change below which is a change of the project.</param>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static ProjectInput Read(
        string projectDirectory,
        string projectName,
        IEnumerable<ITaskItem> packages,
        out ImmutableArray<string> watched
    )
    {
        var known = packages.Select(item => (Id: IdOf(item), Directory: item.GetMetadata("FullPath"))).ToList();
        (var found, watched) = PackageDiscovery.Find(projectDirectory, known.Select(package => package.Directory));
        return new ProjectInput(
            ProjectFolder.Read(projectDirectory, projectName),
            [
                .. known
                    .Concat(found.Select(directory => (Id: Path.GetFileName(directory), Directory: directory)))
                    .OrderBy(package => package.Id, StringComparer.Ordinal)
                    .Select(package => ProjectFolder.Read(package.Directory, package.Id)),
            ]
        );
    }

    private static string IdOf(ITaskItem item)
    {
        var id = item.GetMetadata("Id");
        return id.Length > 0 ? id : Path.GetFileName(Path.TrimEndingDirectorySeparator(item.GetMetadata("FullPath")));
    }
}
