using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Reads the YAML files beside models, seeds and so on.</summary>
internal sealed class PropertiesReader
{
    private static readonly (string Key, ResourceKind Kind, KeySet Keys)[] Lists =
    [
        ("models", ResourceKind.Model, PropertyKeys.Model),
        ("seeds", ResourceKind.Seed, PropertyKeys.Seed),
        ("snapshots", ResourceKind.Snapshot, PropertyKeys.Snapshot),
        ("analyses", ResourceKind.Analysis, PropertyKeys.Analysis),
        ("macros", ResourceKind.Macro, PropertyKeys.Macro),
        ("exposures", ResourceKind.Exposure, PropertyKeys.Exposure),
        ("functions", ResourceKind.Function, PropertyKeys.Function),
        ("data_tests", ResourceKind.Test, PropertyKeys.SingularTest),
        ("tests", ResourceKind.Test, PropertyKeys.SingularTest),
    ];

    private readonly string package;
    private readonly ShapeReader shapes;
    private readonly TestDeclarationReader tests;
    private readonly ColumnReader columns;
    private readonly VersionReader versions;
    private readonly SourceReader sources;
    private readonly UnitTestReader unitTests;
    private readonly ImmutableArray<ResourceProperties>.Builder properties =
        ImmutableArray.CreateBuilder<ResourceProperties>();
    private readonly ImmutableArray<GroupDeclaration>.Builder groups = ImmutableArray.CreateBuilder<GroupDeclaration>();

    public PropertiesReader(string package, ShapeReader shapes)
    {
        this.package = package;
        this.shapes = shapes;
        tests = new TestDeclarationReader(shapes);
        columns = new ColumnReader(shapes, tests);
        versions = new VersionReader(shapes, tests, columns);
        sources = new SourceReader(package, shapes, columns, tests);
        unitTests = new UnitTestReader(package, shapes);
    }

    public ImmutableArray<ResourceProperties> Properties => properties.ToImmutable();

    public ImmutableArray<GroupDeclaration> Groups => groups.ToImmutable();

    public ImmutableArray<SourceTable> Sources => sources.Tables;

    public ImmutableArray<YamlMapping> SourceOverrides => sources.Overrides;

    public ImmutableArray<UnitTestDeclaration> UnitTests => unitTests.UnitTests;

    /// <summary>Reads a file.</summary>
    /// <param name="document">Its YAML.</param>
    /// <param name="relativePath">Path below the resource folder.</param>
    public void Read(YamlNode document, string relativePath)
    {
        if (document is not YamlMapping root)
        {
            shapes.Report(
                ProjectDiagnostics.YamlShape(document.Span, "a properties file", "a mapping", document.KindName)
            );
            return;
        }

        shapes.CheckKeys(root, PropertyKeys.File);
        CheckVersion(root);
        foreach (var (key, kind, keys) in Lists)
        {
            foreach (var entry in shapes.Mappings(root[key], $"'{key}'", keys.Place))
            {
                ReadEntry(entry, kind, keys, relativePath);
            }
        }

        sources.Read(root["sources"], relativePath);
        unitTests.Read(root["unit_tests"], relativePath);
        ReadGroups(root["groups"], relativePath);
        // dbt hands these on to its semantic layer, and does nothing with them in a warehouse.
        _ = Named(root, "metrics", "metric");
        _ = Named(root, "semantic_models", "semantic model");
        _ = Named(root, "saved_queries", "saved query");
    }

    private List<YamlScalar> Named(YamlMapping root, string key, string item)
    {
        var names = new List<YamlScalar>();
        foreach (var entry in shapes.Mappings(root[key], $"'{key}'", $"a {item}"))
        {
            if (shapes.Required(entry, "name", $"a {item}") is { } name)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private void ReadEntry(YamlMapping entry, ResourceKind kind, KeySet keys, string relativePath)
    {
        shapes.CheckKeys(entry, keys);
        if (shapes.Required(entry, "name", keys.Place) is not { } name)
        {
            return;
        }

        var what = $"{keys.Place[(keys.Place.IndexOf(' ', StringComparison.Ordinal) + 1)..]} '{name.Text}'";
        ConstraintReader.Check(entry["constraints"], what, shapes);
        if (kind == ResourceKind.Macro)
        {
            foreach (var argument in shapes.Mappings(entry["arguments"], $"'arguments' of {what}", "an argument"))
            {
                shapes.CheckKeys(argument, PropertyKeys.MacroArgument);
            }
        }

        if (kind == ResourceKind.Function)
        {
            FunctionReader.Check(entry, what, shapes);
        }

        if (kind == ResourceKind.Exposure)
        {
            ExposureReader.Check(entry, what, shapes);
        }

        // Macros, exposures and functions have neither columns nor tests; a key of that name was already doubted.
        var describesRelation =
            kind is not (ResourceKind.Macro or ResourceKind.Exposure or ResourceKind.Test or ResourceKind.Function);
        var beside =
            kind == ResourceKind.Model ? PropertyKeys.ModelConfigs
            : describesRelation || kind == ResourceKind.Function ? PropertyKeys.NodeConfigs
            : PropertyKeys.OtherConfigs;
        var read = new ResourceProperties(
            kind,
            package,
            name.Text,
            name.Content,
            shapes.Text(entry["description"], $"'description' of {what}") ?? string.Empty,
            ConfigReader.Read(entry, what, shapes, beside) is { } config ? [config] : [],
            describesRelation ? columns.Read(entry["columns"], what) : [],
            describesRelation ? tests.Read(entry, null, what) : [],
            entry
        )
        {
            RelativePath = relativePath,
        };
        properties.Add(kind == ResourceKind.Model ? read with { Versions = versions.Read(read, what) } : read);
    }

    private void ReadGroups(YamlNode? node, string relativePath)
    {
        foreach (var entry in shapes.Mappings(node, "'groups'", "a group"))
        {
            shapes.CheckKeys(entry, PropertyKeys.Group);
            if (shapes.Required(entry, "name", "a group") is { } name)
            {
                OwnerReader.Check(entry, $"the group '{name.Text}'", shapes);
                _ = ConfigReader.Read(entry, $"the group '{name.Text}'", shapes, "meta");
                groups.Add(new GroupDeclaration(package, name.Text, name.Content, relativePath, entry));
            }
        }
    }

    private void CheckVersion(YamlMapping root)
    {
        if (shapes.Scalar(root["version"], "'version'") is { Value: not (2L or 2.0 or "2") } version)
        {
            shapes.Report(ProjectDiagnostics.InvalidConfig(version.Content, "version", $"'{version.Text}'", "2"));
        }
    }
}
