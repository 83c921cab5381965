using System.Text.Json;
using Analytics.Sdk.Tests.Running;

[assembly: AssemblyFixture(typeof(PackedSdk))]

namespace Analytics.Sdk.Tests.Running;

/// <summary>The packages of this repository, packed as a build of the solution packs them, and a package folder for them.</summary>
public sealed class PackedSdk : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analytics-sdk-tests-");

    /// <summary>The version that global.json names.</summary>
    public string Version { get; private set; } = string.Empty;

    /// <summary>Where projects of tests are made.</summary>
    internal string ProjectsDirectory => Path.Combine(folder.FullName, "projects");

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var root = RepositoryRoot.Path;
        (
            await Dotnet.RunAsync(root, ["msbuild", "Analytics.Sdk.sln", "-t:PackWhatSamplesUse", "-v:q"])
        ).ShouldSucceed();
        using var globalJson = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(root, "global.json")));
        Version = globalJson.RootElement.GetProperty("msbuild-sdks").GetProperty("Analytics.Sdk").GetString()!;
        Directory.CreateDirectory(ProjectsDirectory);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "nuget.config"),
            $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(folder.FullName, "packages")}" />
              </config>
              <packageSources>
                <clear />
                <add key="repository" value="{Path.Combine(root, "artifacts", "feed")}" />
                <add key="tests" value="{FeedDirectory}" />
              </packageSources>
              <packageSourceMapping>
                <clear />
                <packageSource key="repository"><package pattern="Analytics.*" /></packageSource>
                <packageSource key="tests"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """
        );
        Directory.CreateDirectory(FeedDirectory);
    }

    /// <summary>A feed for packages that tests make.</summary>
    internal string FeedDirectory => Path.Combine(folder.FullName, "feed");

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
