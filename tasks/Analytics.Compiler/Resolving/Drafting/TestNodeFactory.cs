using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.Builtin;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Compiler.Resolving.Naming;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Compiler.Resolving.References;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>Makes test nodes of the data tests that YAML declares on relations and columns.</summary>
internal sealed class TestNodeFactory(ResolvingScope scope, CancellationToken cancellationToken)
{
    private readonly Dictionary<MacroReference, Template> templates = [];
    private readonly RelationNamer namer = new(scope.Project, scope.Diagnostics);
    private readonly YamlReferences references = new(scope.Project, scope.Diagnostics);

    /// <summary>The tests of one relation, in the order of the file: its own first, then its columns'.</summary>
    /// <param name="tested">The relation.</param>
    public IEnumerable<DraftNode> Tests(RelationNode tested)
    {
        // A source is described where it is declared.
        var whole = tested is SourceNode source ? source.Table.Tests : tested.Described?.Tests ?? [];
        var tags = tested is SourceNode { Config: var config }
            ? Tags(config.Values.GetValueOrDefault("tags"), tested.Span)
            : [];
        var declared = whole
            .Select(declaration => (Declaration: declaration, Tags: tags))
            .Concat(
                tested.Columns.SelectMany(column =>
                    column.Tests.Select(declaration => (declaration, tags.AddRange(Tags(column, tested.Package))))
                )
            );
        foreach (var (declaration, inherited) in declared)
        {
            if (Test(tested, declaration, inherited) is { } draft)
            {
                yield return draft;
            }
        }
    }

    // As in dbt, a test has the tags of its column, and one of a source those of the source.
    private ImmutableArray<ConfigEntry> Tags(ColumnProperties column, string package) =>
        ((column.Raw["config"] as YamlMapping)?["tags"] ?? column.Raw["tags"]) is { } tags
            ? Tags(scope.Layers.Render(tags, package), tags.Span)
            : [];

    private static ImmutableArray<ConfigEntry> Tags(object? tags, SourceSpan span) =>
        tags is null ? [] : [new ConfigEntry("tags", tags, span)];

    private DraftNode? Test(RelationNode tested, TestDeclaration declaration, ImmutableArray<ConfigEntry> inherited)
    {
        var macros = scope.Project.Macros;
        var macro = macros.FindTest(tested.Package, declaration.Namespace, declaration.TestName);
        if (macro is null)
        {
            var written = declaration.Namespace is null
                ? declaration.TestName
                : $"{declaration.Namespace}.{declaration.TestName}";
            scope.Diagnostics.Add(
                GraphDiagnostics.UnknownTest(declaration.NameSpan, written, NearName.Find(written, macros.TestNames))
            );
            return null;
        }

        if (ReportUnknownArguments(macro, declaration) || ReportMissingArguments(macro, declaration))
        {
            return null;
        }

        var template = TemplateOf(macro);
        var (captured, found) = GenericTestCapture.Capture(
            tested,
            declaration,
            macro,
            template,
            scope.Project,
            cancellationToken
        );
        foreach (var diagnostic in found)
        {
            scope.Diagnostics.Add(diagnostic);
        }

        if (captured is null)
        {
            return null;
        }

        ImmutableArray<KeyValuePair<string, object?>> arguments =
        [
            .. declaration.Arguments.Entries.Select(entry =>
                KeyValuePair.Create(entry.Key, YamlValues.ToNative(entry.Value))
            ),
        ];
        var (full, shortName) = Names(tested, declaration, arguments);
        var fqn = Fqn(tested, full);
        var config = scope.Layers.Merge(
            ResourceKind.Test,
            tested.Package,
            fqn,
            declaration.Config is { } own ? [own] : [],
            [],
            captured.Configs.AddRange(inherited)
        );
        var settings = scope.Settings(config, declaration.NameSpan, out var isEnabled);
        if (isEnabled)
        {
            UnappliedConfigs.Report(config, scope.Diagnostics);
        }

        var (refs, sources) = References(tested.Package, declaration);
        var use = new GenericTestUse(declaration, tested.UniqueId, declaration.Column, macro, arguments)
        {
            Target = TargetOf(tested),
        };
        var unnamed = new UnnamedNode(
            ResourceKind.Test,
            $"test.{tested.Package}.{full}.{TestNaming.Hash(full, TestMetadata.Of(use))}",
            full,
            tested.Package,
            fqn,
            $"{shortName}.sql",
            declaration.NameSpan.File,
            declaration.NameSpan,
            null
        );
        var judged = TestSettingsReader.Read(settings, scope.Project.Options.StoreFailures);
        var node = new TestNode(
            judged,
            use,
            null,
            unnamed.UniqueId,
            full,
            tested.Package,
            fqn,
            declaration.NameSpan,
            config.Freeze(),
            [],
            scope.Descriptions.Text(declaration.Description, tested.Package)
        )
        {
            ShortName = shortName,
            FailingRows = isEnabled
                ? FailureNamer.Name(
                    namer,
                    unnamed,
                    shortName == full ? null : shortName,
                    judged.Keeping,
                    settings,
                    config
                )
                : null,
        };
        return new DraftNode(
            node,
            template,
            refs.AddRange(captured.Refs),
            sources.AddRange(captured.Sources),
            [tested.UniqueId]
        )
        {
            IsEnabled = isEnabled,
        };
    }

    private bool ReportUnknownArguments(MacroReference macro, TestDeclaration declaration)
    {
        var definition = scope.Project.Macros.Find(macro.Package, macro.Name)!.Definition!;
        if (definition.TakesAnyName)
        {
            return false;
        }

        var names = definition.Parameters.Select(parameter => parameter.Name).ToList();
        var unknown = declaration.Arguments.Entries.Where(entry => !names.Contains(entry.Key)).ToList();
        foreach (var entry in unknown)
        {
            scope.Diagnostics.Add(
                GraphDiagnostics.UnknownTestArgument(
                    entry.KeySpan,
                    declaration.TestName,
                    entry.Key,
                    NearName.Find(entry.Key, names)
                )
            );
        }

        return unknown.Count > 0;
    }

    // Other tests may mean something by an argument that is left out: it is undefined then, and Jinja allows that.
    private bool ReportMissingArguments(MacroReference macro, TestDeclaration declaration)
    {
        if (macro.Package != BuiltinPackage.Name)
        {
            return false;
        }

        var missing = scope
            .Project.Macros.Find(macro.Package, macro.Name)!
            .Definition!.Parameters.Where(parameter =>
                parameter.Default is null
                && parameter.Name is not "model"
                && (parameter.Name is not "column_name" || declaration.Column is null)
                && !declaration.Arguments.Entries.Any(entry => entry.Key == parameter.Name)
            )
            .ToList();
        foreach (var parameter in missing)
        {
            scope.Diagnostics.Add(
                GraphDiagnostics.MissingTestArgument(declaration.NameSpan, declaration.TestName, parameter.Name)
            );
        }

        return missing.Count > 0;
    }

    // The folders are those of the YAML file, which need not be the model's.
    private static ImmutableArray<string> Fqn(RelationNode tested, string name) =>
        tested.Described is { } described
            ? ResourceFolder.Fqn(tested.Package, described.RelativePath, name)
            : [.. tested.Fqn[..^(tested is SourceNode ? 2 : 1)], name];

    private static string TargetOf(RelationNode tested) =>
        tested switch
        {
            SourceNode source => $"source('{source.Table.SourceName}', '{source.Table.Name}')",
            ModelNode { Version: { } version } model => $"ref('{model.Name}', version='{version.Text}')",
            _ => $"ref('{tested.Name}')",
        };

    private static (string Full, string Short) Names(
        RelationNode tested,
        TestDeclaration declaration,
        ImmutableArray<KeyValuePair<string, object?>> arguments
    )
    {
        if (declaration.CustomName is { } custom)
        {
            return (custom, custom);
        }

        var prefix = declaration.Namespace is null ? string.Empty : $"{declaration.Namespace}_";
        var target = tested is ModelNode { Version: { } version } ? $"{tested.Name}_v{version.Text}" : tested.Name;
        if (tested is SourceNode source)
        {
            prefix += "source_";
            target = $"{source.Table.SourceName}_{source.Table.Name}";
        }

        var named = declaration.Column is { } column
            ? arguments.Add(KeyValuePair.Create("column_name", (object?)column))
            : arguments;
        return TestNaming.Name(declaration.TestName, target, named, prefix);
    }

    private (ImmutableArray<RefCall> Refs, ImmutableArray<SourceCall> Sources) References(
        string package,
        TestDeclaration declaration
    )
    {
        var refs = ImmutableArray.CreateBuilder<RefCall>();
        var sources = ImmutableArray.CreateBuilder<SourceCall>();
        foreach (var entry in declaration.Arguments.Entries)
        {
            var (found, tables) = references.Of(entry.Value, package, declaration.TestName);
            refs.AddRange(found);
            sources.AddRange(tables);
        }

        return (refs.ToImmutable(), sources.ToImmutable());
    }

    private Template TemplateOf(MacroReference macro)
    {
        if (!templates.TryGetValue(macro, out var template))
        {
            templates[macro] = template = GenericTestTemplate.For(macro);
        }

        return template;
    }
}
