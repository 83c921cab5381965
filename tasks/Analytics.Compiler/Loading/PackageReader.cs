using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Definition;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Properties;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Selectors;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading;

/// <summary>Reads the files of one project or package, each by the folder it lies in and its extension.</summary>
internal sealed class PackageReader
{
    private readonly ProjectDefinition definition;
    private readonly ProjectFileSet files;
    private readonly ImmutableArray<Diagnostic>.Builder diagnostics;
    private readonly ShapeReader shapes;
    private readonly SqlFileReader sql;
    private readonly MacroReader macros;
    private readonly PropertiesReader properties;
    private readonly ImmutableArray<SeedResource>.Builder seeds = ImmutableArray.CreateBuilder<SeedResource>();
    private readonly ImmutableArray<FixtureResource>.Builder fixtures = ImmutableArray.CreateBuilder<FixtureResource>();
    private readonly ImmutableArray<DocsBlock>.Builder docs = ImmutableArray.CreateBuilder<DocsBlock>();

    private PackageReader(
        ProjectDefinition definition,
        ProjectFileSet files,
        ShapeReader shapes,
        ImmutableArray<Diagnostic>.Builder diagnostics
    )
    {
        this.definition = definition;
        this.files = files;
        this.shapes = shapes;
        this.diagnostics = diagnostics;
        sql = new SqlFileReader(definition.Name, diagnostics);
        macros = new MacroReader(definition.Name, diagnostics);
        properties = new PropertiesReader(definition.Name, shapes);
    }

    public static PackageSource Read(
        ProjectDefinition definition,
        ProjectFileSet files,
        ShapeReader shapes,
        ImmutableArray<Diagnostic>.Builder diagnostics
    )
    {
        var reader = new PackageReader(definition, files, shapes, diagnostics);
        var prepared = PreparedFile.All(files, definition.Paths);
        foreach (var file in prepared)
        {
            reader.ReadFile(file);
        }

        return new PackageSource(
            definition,
            files,
            reader.sql.Resources,
            reader.seeds.ToImmutable(),
            reader.macros.Macros,
            reader.properties.Sources,
            reader.properties.Properties
        )
        {
            Docs = reader.docs.ToImmutable(),
            SourceOverrides = reader.properties.SourceOverrides,
            Selectors = reader.ReadSelectors(Array.Find(prepared, file => file.Path == SelectorsReader.FileName)),
            Fixtures = reader.fixtures.ToImmutable(),
            Groups = reader.properties.Groups,
            UnitTests = reader.properties.UnitTests,
        };
    }

    private ImmutableArray<SelectorDeclaration> ReadSelectors(PreparedFile? file)
    {
        if (file is null || Text(file) is null || file.Yaml is not { } document)
        {
            return [];
        }

        diagnostics.AddRange(document.Diagnostics);
        return ShapeReader.IsAbsent(document.Root) ? [] : new SelectorsReader(shapes).Read(document.Root!);
    }

    private void ReadFile(PreparedFile file)
    {
        var paths = definition.Paths;
        switch (file.Path[(file.Path.LastIndexOf('.') + 1)..])
        {
            case "sql":
                ReadSql(file, paths);
                break;
            case "py" when ResourceFolder.Below(file.Path, paths.Models) is not null && Text(file) is { } text:
                diagnostics.Add(ProjectDiagnostics.UnsupportedFeature(text.Span(0, 0), "a Python model"));
                break;
            case "py" when ResourceFolder.Below(file.Path, paths.Functions) is not null && Text(file) is { } text:
                diagnostics.Add(ProjectDiagnostics.UnsupportedFeature(text.Span(0, 0), "a Python function"));
                break;
            case "yml" or "yaml":
                ReadProperties(file, paths);
                break;
            case "csv" when ResourceFolder.Below(file.Path, paths.Seeds) is { } path && Text(file) is { } text:
                var name = ResourceFolder.Stem(path);
                var fqn = ResourceFolder.Fqn(definition.Name, path, name);
                seeds.Add(new SeedResource(definition.Name, name, text, path, fqn));
                break;
            case "csv" when Fixture(file, paths) is { } path && Text(file) is { } text:
                fixtures.Add(new FixtureResource(definition.Name, ResourceFolder.Stem(path), UnitTestFormat.Csv, text));
                break;
            case "md" when ResourceFolder.Below(file.Path, paths.Docs) is not null && Text(file) is { } text:
                docs.AddRange(DocsReader.Read(definition.Name, text, diagnostics));
                break;
            default:
                break;
        }
    }

    private void ReadSql(PreparedFile file, ResourcePaths paths)
    {
        var model = ResourceFolder.Below(file.Path, paths.Models);
        var snapshot = ResourceFolder.Below(file.Path, paths.Snapshots);
        var analysis = ResourceFolder.Below(file.Path, paths.Analyses);
        var test = ResourceFolder.Below(file.Path, paths.Tests);
        var macro = ResourceFolder.Below(file.Path, paths.Macros);
        var function = ResourceFolder.Below(file.Path, paths.Functions);
        if ((model ?? snapshot ?? analysis ?? test ?? macro ?? function) is null || Text(file) is not { } text)
        {
            return;
        }

        if (model is not null)
        {
            sql.ReadFile(ResourceKind.Model, text, model);
        }

        if (snapshot is not null)
        {
            sql.ReadSnapshots(text, snapshot);
        }

        if (analysis is not null)
        {
            sql.ReadFile(ResourceKind.Analysis, text, analysis);
        }

        if (function is not null)
        {
            sql.ReadFile(ResourceKind.Function, text, function);
        }

        if (file.Macros is not null)
        {
            macros.Read(file.Macros);
        }
        else if (Fixture(file, paths) is { } fixture)
        {
            fixtures.Add(new FixtureResource(definition.Name, ResourceFolder.Stem(fixture), UnitTestFormat.Sql, text));
        }
        else if (test is not null)
        {
            sql.ReadFile(ResourceKind.Test, text, test);
        }
    }

    private static string? Fixture(PreparedFile file, ResourcePaths paths) =>
        ResourceFolder.Below(file.Path, paths.Tests) is { } path
        && path.StartsWith("fixtures/", StringComparison.Ordinal)
            ? path
            : null;

    private void ReadProperties(PreparedFile file, ResourcePaths paths)
    {
        var snapshot = ResourceFolder.Below(file.Path, paths.Snapshots);
        var path =
            ResourceFolder.Below(file.Path, paths.Models)
            ?? snapshot
            ?? ResourceFolder.Below(file.Path, paths.Seeds)
            ?? ResourceFolder.Below(file.Path, paths.Tests)
            ?? ResourceFolder.Below(file.Path, paths.Analyses)
            ?? ResourceFolder.Below(file.Path, paths.Macros)
            ?? ResourceFolder.Below(file.Path, paths.Functions);
        if (path is null || IsProjectFile(file.Path) || Text(file) is null || file.Yaml is not { } document)
        {
            return;
        }

        diagnostics.AddRange(document.Diagnostics);
        if (document.Root is null or YamlScalar { Value: null })
        {
            return;
        }

        var before = properties.Properties.Length;
        properties.Read(document.Root, path);
        foreach (var entry in properties.Properties[before..])
        {
            if (
                entry.Kind == ResourceKind.Snapshot
                && shapes.Scalar(entry.Raw["relation"], $"'relation' of snapshot '{entry.Name}'") is { } relation
            )
            {
                sql.Add(YamlSnapshot.Create(entry, relation, path));
            }
        }
    }

    // They lie below a resource folder only when that folder is the project itself.
    private static bool IsProjectFile(string path) =>
        path
            is DefinitionReader.FileName
                or VarsFile.FileName
                or "packages.yml"
                or "dependencies.yml"
                or SelectorsReader.FileName
                or "profiles.yml"
                or "package-lock.yml";

    // What is wrong with a file as a text is said when someone wants to read it.
    private SourceFile? Text(PreparedFile file)
    {
        diagnostics.AddRange(file.Diagnostics);
        return file.Text;
    }
}
