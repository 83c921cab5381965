using System.Collections.Immutable;
using Analytics.Compiler.Loading.Definition;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Selectors;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading;

/// <summary>A project and its packages, read and checked for shape; nothing is rendered yet.</summary>
/// <param name="Root">The project that is built.</param>
/// <param name="Packages">Its packages, by name in ordinal order.</param>
public sealed record ProjectSource(PackageSource Root, ImmutableArray<PackageSource> Packages)
{
    /// <summary>The root first, then the packages.</summary>
    public IEnumerable<PackageSource> All => Packages.Prepend(Root);
}

/// <summary>One project or package, read.</summary>
/// <param name="Definition">Its <c>dbt_project.yml</c>.</param>
/// <param name="Files">All of its files, as they go into the artifact.</param>
/// <param name="Sql">Models, snapshots, singular tests and analyses, by path and then by place in the file.</param>
/// <param name="Seeds">By path.</param>
/// <param name="Macros">By path and then by place in the file.</param>
/// <param name="Sources">By path and then by place in the file.</param>
/// <param name="Properties">By path and then by place in the file.</param>
public sealed record PackageSource(
    ProjectDefinition Definition,
    ProjectFileSet Files,
    ImmutableArray<SqlResource> Sql,
    ImmutableArray<SeedResource> Seeds,
    ImmutableArray<MacroResource> Macros,
    ImmutableArray<SourceTable> Sources,
    ImmutableArray<ResourceProperties> Properties
)
{
    /// <summary>The package's name.</summary>
    public string Name => Definition.Name;

    /// <summary>The blocks that <c>doc()</c> finds, by path and then by place in the file.</summary>
    public ImmutableArray<DocsBlock> Docs { get; init; } = [];

    /// <summary>By path and then by place in the file.</summary>
    public ImmutableArray<GroupDeclaration> Groups { get; init; } = [];

    /// <summary>Entries of <c>sources:</c> with <c>overrides:</c>, by path and then by place in the file.</summary>
    public ImmutableArray<YamlMapping> SourceOverrides { get; init; } = [];

    /// <summary>In the order of <c>selectors.yml</c>; empty for a package, whose selections are its own affair.</summary>
    public ImmutableArray<SelectorDeclaration> Selectors { get; init; } = [];

    /// <summary>Rows of unit tests, by path.</summary>
    public ImmutableArray<FixtureResource> Fixtures { get; init; } = [];

    /// <summary>By path and then by place in the file.</summary>
    public ImmutableArray<UnitTestDeclaration> UnitTests { get; init; } = [];
}
