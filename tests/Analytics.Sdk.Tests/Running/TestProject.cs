namespace Analytics.Sdk.Tests.Running;

/// <summary>A project in a folder of its own, built by the packed SDK.</summary>
internal sealed class TestProject
{
    private TestProject(string directory, string name)
    {
        Folder = directory;
        Name = name;
    }

    public string Folder { get; }

    public string Name { get; }

    public string Artifact => Path.Combine(Folder, "bin", "Debug", Name + ".pgpac");

    /// <summary>Makes a project with one file: the project itself.</summary>
    public static TestProject Create(PackedSdk sdk, string name = "Shop", string body = "", string? parent = null)
    {
        var directory = Path.Combine(parent ?? Path.Combine(sdk.ProjectsDirectory, Guid.NewGuid().ToString("n")), name);
        Directory.CreateDirectory(directory);
        var project = new TestProject(directory, name);
        project.Write(name + ".sqlproj", $"<Project Sdk=\"Analytics.Sdk/{sdk.Version}\">{body}</Project>");
        return project;
    }

    /// <summary>The same, with two models: <c>orders</c>, which has an id and an amount, and <c>totals</c>, which reads it.</summary>
    public static TestProject CreateShop(PackedSdk sdk, string body = "", string? parent = null) =>
        Create(sdk, "Shop", body, parent)
            .Write("models/orders.sql", "select 1 as id, 9.5 as amount\n")
            .Write("models/totals.sql", "select sum(amount) as total\nfrom {{ ref('orders') }}\n");

    public string PathOf(string relativePath) => Path.Combine(Folder, relativePath);

    public TestProject Write(string relativePath, string text)
    {
        var path = PathOf(relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public Task<DotnetResult> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    public Task<DotnetResult> RunAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        Dotnet.RunAsync(Folder, arguments, environment, TestContext.Current.CancellationToken);

    public Task<DotnetResult> BuildAsync(params string[] arguments) => RunAsync(["build", .. arguments]);

    /// <summary>Builds, and says whether the compiler ran.</summary>
    public async Task<bool> CompilesAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var result = await RunAsync(environment, ["build", "-v:d", .. arguments]);
        result.ShouldSucceed();
        return result.LinesWith("Task \"CompileAnalytics\"").Count > 0;
    }

    public Task<bool> CompilesAsync(params string[] arguments) => CompilesAsync(null, arguments);
}
