using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Compiler.Resolving.Naming;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Resolving;

/// <summary>Makes test nodes of the data tests that YAML declares on relations and columns.</summary>
internal sealed class TestNodeFactory(ProjectContext project, ConfigLayers layers, ICollection<Diagnostic> diagnostics)
{
    private readonly Dictionary<MacroReference, Template> templates = [];

    /// <summary>The tests of one relation, in the order of the file: its own first, then its columns'.</summary>
    /// <param name="tested">The relation.</param>
    /// <param name="tests">The tests of the whole relation.</param>
    public IEnumerable<DraftNode> Tests(RelationNode tested, ImmutableArray<TestDeclaration> tests)
    {
        foreach (var declaration in tests.Concat(tested.Columns.SelectMany(column => column.Tests)))
        {
            if (Test(tested, declaration) is { } draft)
            {
                yield return draft;
            }
        }
    }

    private DraftNode? Test(RelationNode tested, TestDeclaration declaration)
    {
        var macro = project.Macros.FindTest(tested.Package, declaration.Namespace, declaration.TestName);
        if (macro is null)
        {
            var written = declaration.Namespace is null
                ? declaration.TestName
                : $"{declaration.Namespace}.{declaration.TestName}";
            diagnostics.Add(
                GraphDiagnostics.UnknownTest(
                    declaration.NameSpan,
                    written,
                    NearName.Find(written, project.Macros.TestNames)
                )
            );
            return null;
        }

        ImmutableArray<KeyValuePair<string, object?>> arguments =
        [
            .. declaration.Arguments.Entries.Select(entry =>
                KeyValuePair.Create(entry.Key, YamlValues.ToNative(entry.Value))
            ),
        ];
        var (full, shortName) = Names(tested, declaration, arguments);
        ImmutableArray<string> fqn = [.. tested.Fqn[..^1], full];
        var config = layers.Merge(ResourceKind.Test, tested.Package, fqn, [declaration.Config], []);
        var settings = new SettingsReader(config, declaration.NameSpan, diagnostics);
        if (settings.Flag("enabled") == false)
        {
            return null;
        }

        UnappliedConfigs.Report(config, diagnostics);
        var (refs, sources) = References(tested.Package, declaration);
        var hashed = arguments.Add(KeyValuePair.Create("model", (object?)ModelText(tested)));
        if (declaration.Column is { } column)
        {
            hashed = hashed.Add(KeyValuePair.Create("column_name", (object?)column));
        }

        var node = new TestNode(
            TestSettingsReader.Read(settings),
            new GenericTestUse(declaration, tested.UniqueId, declaration.Column, macro, arguments),
            null,
            $"test.{tested.Package}.{full}.{TestNaming.Hash(full, declaration.Namespace, declaration.TestName, hashed)}",
            shortName,
            tested.Package,
            fqn,
            declaration.NameSpan,
            config.Freeze(),
            [],
            declaration.Description
        );
        return new DraftNode(node, TemplateOf(macro), refs, sources, [tested.UniqueId]);
    }

    // The text that dbt puts where the macro reads 'model'.
    private static string ModelText(RelationNode tested) =>
        tested is SourceNode { Table: var table }
            ? $"{{{{ get_where_subquery(source('{table.SourceName}', '{table.Name}')) }}}}"
            : $"{{{{ get_where_subquery(ref('{tested.Name}')) }}}}";

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
        var target = tested.Name;
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

    // Only a rendering knows what arguments such as ref('x') refer to.
    private (ImmutableArray<RefCall> Refs, ImmutableArray<SourceCall> Sources) References(
        string package,
        TestDeclaration declaration
    )
    {
        var refs = ImmutableArray.CreateBuilder<RefCall>();
        var sources = ImmutableArray.CreateBuilder<SourceCall>();
        foreach (var entry in declaration.Arguments.Entries)
        {
            var session = new CaptureSession(project, package, declaration.TestName, entry.Value.Span, false);
            var context = new RenderContext(new NodeScope(session), ProjectContext.RenderOptions);
            try
            {
                YamlTemplates.RenderArgument(entry.Value, context);
            }
            catch (TemplateException exception)
            {
                diagnostics.Add(session.ToDiagnostic(exception) with { Span = entry.Value.Span });
            }

            // A bare call such as ref('x') is rendered in a text of its own: it is reported at the argument.
            refs.AddRange(session.Refs.Select(call => call with { Span = InFile(call.Span, entry.Value.Span) }));
            sources.AddRange(session.Sources.Select(call => call with { Span = InFile(call.Span, entry.Value.Span) }));
        }

        return (refs.ToImmutable(), sources.ToImmutable());
    }

    private static SourceSpan InFile(SourceSpan span, SourceSpan argument) =>
        ReferenceEquals(span.File, argument.File) ? span : argument;

    private Template TemplateOf(MacroReference macro)
    {
        if (!templates.TryGetValue(macro, out var template))
        {
            templates[macro] = template = GenericTestTemplate.For(macro);
        }

        return template;
    }
}
