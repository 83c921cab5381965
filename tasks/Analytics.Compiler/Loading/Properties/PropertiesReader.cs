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
        ("data_tests", ResourceKind.Test, PropertyKeys.SingularTest),
        ("tests", ResourceKind.Test, PropertyKeys.SingularTest),
    ];

    private readonly string package;
    private readonly ShapeReader shapes;
    private readonly TestDeclarationReader tests;
    private readonly ColumnReader columns;
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
        sources = new SourceReader(package, shapes, columns, tests);
        unitTests = new UnitTestReader(package, shapes);
    }

    public ImmutableArray<ResourceProperties> Properties => properties.ToImmutable();

    public ImmutableArray<GroupDeclaration> Groups => groups.ToImmutable();

    public ImmutableArray<SourceTable> Sources => sources.Tables;

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
                ReadEntry(entry, kind, keys);
            }
        }

        sources.Read(root["sources"], relativePath);
        unitTests.Read(root["unit_tests"]);
        ReadGroups(root["groups"]);
        foreach (var function in shapes.Mappings(root["functions"], "'functions'", "a function"))
        {
            shapes.Report(ProjectDiagnostics.UnsupportedFeature(function.Span, "a function in YAML"));
        }
    }

    private void ReadEntry(YamlMapping entry, ResourceKind kind, KeySet keys)
    {
        shapes.CheckKeys(entry, keys);
        if (shapes.Required(entry, "name", keys.Place) is not { } name)
        {
            return;
        }

        var what = $"{keys.Place[(keys.Place.IndexOf(' ', StringComparison.Ordinal) + 1)..]} '{name.Text}'";
        ConstraintReader.Check(entry["constraints"], what, shapes);
        CheckVersions(entry["versions"], what, kind);
        if (kind == ResourceKind.Macro)
        {
            foreach (var argument in shapes.Mappings(entry["arguments"], $"'arguments' of {what}", "an argument"))
            {
                shapes.CheckKeys(argument, PropertyKeys.MacroArgument);
            }
        }

        // Macros and exposures have neither columns nor tests; a key of that name was already doubted.
        var describesRelation = kind is not (ResourceKind.Macro or ResourceKind.Exposure or ResourceKind.Test);
        properties.Add(
            new ResourceProperties(
                kind,
                package,
                name.Text,
                name.Content,
                shapes.Text(entry["description"], $"'description' of {what}") ?? string.Empty,
                ConfigReader.Read(entry["config"], what, shapes),
                describesRelation ? columns.Read(entry["columns"], what) : [],
                describesRelation ? tests.Read(entry, null, what) : [],
                entry
            )
        );
    }

    private void CheckVersions(YamlNode? node, string what, ResourceKind kind)
    {
        if (kind != ResourceKind.Model)
        {
            return;
        }

        foreach (var version in shapes.Mappings(node, $"'versions' of {what}", "a version of a model"))
        {
            shapes.CheckKeys(version, PropertyKeys.Version);
            _ = shapes.Required(version, "v", "a version of a model");
            _ = ConfigReader.Read(version["config"], "a version of a model", shapes);
        }
    }

    private void ReadGroups(YamlNode? node)
    {
        foreach (var entry in shapes.Mappings(node, "'groups'", "a group"))
        {
            shapes.CheckKeys(entry, PropertyKeys.Group);
            if (shapes.Required(entry, "name", "a group") is { } name)
            {
                groups.Add(new GroupDeclaration(package, name.Text, name.Content, entry));
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
