using System.Text;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Files;

namespace Analytics.Compiler.Tests.Loading;

/// <summary>Projects of a few files, in memory.</summary>
internal static class LoadingProject
{
    public const string Definition = "name: shop\n";

    public static ProjectFileSet Files(params (string Path, string Text)[] files) =>
        new(
            [
                .. files
                    .Select(file => new ProjectFile(file.Path, Encoding.UTF8.GetBytes(file.Text)))
                    .OrderBy(file => file.Path, StringComparer.Ordinal),
            ],
            null,
            "hinted name"
        );

    public static LoadResult Load(params (string Path, string Text)[] files) =>
        ProjectLoader.Load(new ProjectInput(Files(files), []));

    /// <summary>Loads a project of a sound definition and one other file.</summary>
    public static LoadResult LoadWith(string path, string text) => Load(("dbt_project.yml", Definition), (path, text));

    public static string[] Messages(this LoadResult result) =>
        [.. result.Diagnostics.Select(diagnostic => diagnostic.ToString())];
}
