using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Parsing;

namespace Analytics.Compiler.Tests;

/// <summary>The project of <c>tests/Golden/Manifest/rich</c>, which has something of everything.</summary>
internal static class RichProject
{
    public static string Root { get; } =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "Golden", "Manifest"));

    public static ProjectInput Read()
    {
        var folder = Path.Combine(Root, "rich");
        return new ProjectInput(
            ProjectFolder.Read(folder, "rich"),
            [ProjectFolder.Read(Path.Combine(folder, "dbt_packages", "tools"), "tools")]
        );
    }

    /// <summary>The project with another text in one of its own files.</summary>
    public static ProjectInput With(ProjectInput input, string path, string text)
    {
        ImmutableArray<ProjectFile> files =
        [
            .. input.Root.Files.Select(file =>
                file.Path == path ? new ProjectFile(path, Encoding.UTF8.GetBytes(text)) : file
            ),
        ];
        return input with { Root = input.Root with { Files = files } };
    }

    public static BuildResult Build(ProjectInput input) =>
        ProjectBuilder.Build(
            new BuildRequest(input, null, string.Empty, new Variables(), null, ParseCache.Empty),
            TestContext.Current.CancellationToken
        );

    private static string Here([CallerFilePath] string here = "") => here;

    private sealed class Variables : IEnvironment
    {
        public string? Get(string name) => name == "USER" ? "ann" : null;
    }
}
