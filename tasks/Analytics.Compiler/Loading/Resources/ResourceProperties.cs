using System.Collections.Immutable;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>What a YAML file says of a model, seed, snapshot, analysis, singular test or macro.</summary>
/// <param name="Kind">The list it stands in: <c>models:</c>, <c>seeds:</c>, ….</param>
/// <param name="Package">The project or package the YAML file belongs to.</param>
/// <param name="Name">The name of what is described.</param>
/// <param name="NameSpan">Where the name stands.</param>
/// <param name="Description">As written (it may hold <c>doc('…')</c> templates); empty when absent.</param>
/// <param name="Configs">
/// The <c>config:</c> mapping, weakest first: of a version of a model the model's own, then the version's. A config that
/// stands beside <c>config:</c> is in it.
/// </param>
/// <param name="Columns">In the order of the file.</param>
/// <param name="Tests">Data tests of the whole resource.</param>
/// <param name="Raw">The whole entry, for keys that later stages read.</param>
public sealed record ResourceProperties(
    ResourceKind Kind,
    string Package,
    string Name,
    SourceSpan NameSpan,
    string Description,
    ImmutableArray<YamlMapping> Configs,
    ImmutableArray<ColumnProperties> Columns,
    ImmutableArray<TestDeclaration> Tests,
    YamlMapping Raw
)
{
    /// <summary>Path of the YAML file below its resource folder.</summary>
    public string RelativePath { get; init; } = string.Empty;

    /// <summary>The versions of a model in the order of the file; empty without.</summary>
    public ImmutableArray<ModelVersion> Versions { get; init; } = [];

    /// <summary>The YAML file.</summary>
    public SourceFile File => NameSpan.File;
}

/// <summary>A column as YAML declares it.</summary>
/// <param name="Name">The column's name as written.</param>
/// <param name="NameSpan">Where it stands.</param>
/// <param name="Description">Empty when absent.</param>
/// <param name="DataType">The declared PostgreSQL type; null when absent.</param>
/// <param name="Quote">Whether SQL must quote the name.</param>
/// <param name="Tests">Data tests of the column.</param>
/// <param name="Raw">The whole entry.</param>
public sealed record ColumnProperties(
    string Name,
    SourceSpan NameSpan,
    string Description,
    string? DataType,
    bool Quote,
    ImmutableArray<TestDeclaration> Tests,
    YamlMapping Raw
);
