using System.Collections.Immutable;
using System.Text;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Emitting;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Compiler.Parsing;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Tests;

/// <summary>A project in memory.</summary>
internal sealed class TestProject
{
    private readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);
    private readonly List<ProjectFileSet> packages = [];

    public TestProject()
    {
        File("dbt_project.yml", "name: shop\nversion: '1.0'\n");
    }

    public string Vars { get; set; } = string.Empty;

    public TestProject File(string path, string text)
    {
        files[path] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    public TestProject Package(string name, params (string Path, string Text)[] content)
    {
        var all = content
            .Append(("dbt_project.yml", $"name: {name}\n"))
            .DistinctBy(file => file.Item1, StringComparer.Ordinal)
            .Select(file => new ProjectFile(file.Item1, Encoding.UTF8.GetBytes(file.Item2)))
            .OrderBy(file => file.Path, StringComparer.Ordinal);
        packages.Add(new ProjectFileSet([.. all], null, name));
        return this;
    }

    public TestProject Variable(string name, string value)
    {
        environment[name] = value;
        return this;
    }

    public ProjectInput Input =>
        new(
            new ProjectFileSet([.. files.Select(file => new ProjectFile(file.Key, file.Value))], null, "shop"),
            [.. packages]
        );

    public BuildResult Build(ParseCache? parsed = null) =>
        ProjectBuilder.Build(
            new BuildRequest(Input, null, Vars, new FixedEnvironment(environment), null, parsed ?? ParseCache.Empty),
            TestContext.Current.CancellationToken
        );

    /// <summary>
    /// Compiles for a target with the schema <c>dev</c>, and fails the test when there is a diagnostic of any other code
    /// than <paramref name="allowing"/>.
    /// </summary>
    public CompiledProject Compile(string targetName = "dev", string? allowing = null)
    {
        var target = new TargetProfile(
            "shop",
            targetName,
            false,
            "localhost",
            5432,
            "me",
            "db",
            "dev",
            4,
            new Secret("hidden"),
            ImmutableDictionary<string, string>.Empty
        );
        var options = new CompileOptions(
            target,
            VarsReader.Parse(Vars).Vars,
            new FixedEnvironment(environment),
            false,
            "compile",
            Guid.Empty,
            DateTimeOffset.UnixEpoch
        );
        var result = ProjectCompiler.Compile(Input, options, TestContext.Current.CancellationToken);
        Assert.Empty(
            result
                .Diagnostics.Where(diagnostic => diagnostic.Id != allowing)
                .Select(diagnostic => diagnostic.ToString())
        );
        return result.Project!;
    }

    /// <summary>The SQL of a node under final names.</summary>
    public string Sql(string uniqueId, bool isIncremental = false)
    {
        var project = Compile();
        return Render(project, uniqueId, isIncremental).Text;
    }

    public static RenderedSql Render(CompiledProject project, string uniqueId, bool isIncremental = false)
    {
        var scope = new RenderScope(FinalRelations.Instance, isIncremental, false, NoWarehouse.Instance, false);
        var result = project.Renderer.Render(project.Graph[uniqueId], scope, TestContext.Current.CancellationToken);
        Assert.Empty(result.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        return result.Sql!;
    }

    /// <summary>Every diagnostic of a build as a line.</summary>
    public IReadOnlyList<string> Diagnostics() => [.. Build().Diagnostics.Select(diagnostic => diagnostic.ToString())];

    private sealed class FixedEnvironment(Dictionary<string, string> variables) : IEnvironment
    {
        public string? Get(string name) => variables.GetValueOrDefault(name);
    }
}
