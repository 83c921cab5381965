using Analytics.Compiler.Loading.Files;
using Microsoft.Build.Framework;

namespace Analytics.Tasks;

/// <summary>Turns MSBuild's items into what the compiler reads.</summary>
internal static class PackageFolders
{
    /// <summary>
    /// Reads the project and its packages. Packages come in ordinal order of their id, never of their folder, which is
    /// another one on another machine.
    /// </summary>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static ProjectInput Read(string projectDirectory, string projectName, IEnumerable<ITaskItem> packages) =>
        new(
            ProjectFolder.Read(projectDirectory, projectName),
            [
                .. packages
                    .Select(item => (Id: IdOf(item), Directory: item.GetMetadata("FullPath")))
                    .OrderBy(package => package.Id, StringComparer.Ordinal)
                    .Select(package => ProjectFolder.Read(package.Directory, package.Id)),
            ]
        );

    private static string IdOf(ITaskItem item)
    {
        var id = item.GetMetadata("Id");
        return id.Length > 0 ? id : Path.GetFileName(Path.TrimEndingDirectorySeparator(item.GetMetadata("FullPath")));
    }
}
