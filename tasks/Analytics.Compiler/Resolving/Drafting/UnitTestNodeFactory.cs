using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Compiler.Resolving.References;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>Makes nodes of unit tests; all that they name is checked.</summary>
/// <param name="scope">What is shared.</param>
/// <param name="names">What references mean; every other node is known to it.</param>
internal sealed class UnitTestNodeFactory(ResolvingScope scope, ReferenceNames names)
{
    private readonly YamlReferences references = new(scope.Project, scope.Diagnostics);
    private readonly FixtureReader fixtures = new(scope.Project.Source, scope.Diagnostics);

    /// <summary>The drafts of a unit test: one for each version of its model, or none where a name is wrong (reported).</summary>
    /// <param name="test">The declaration.</param>
    /// <param name="nodes">What can be read, by unique id.</param>
    public IEnumerable<DraftNode> Make(UnitTestDeclaration test, IReadOnlyDictionary<string, RelationNode> nodes)
    {
        var call = new RefCall(null, test.Model.Text, null, test.Model.Content);
        var id = names.Ref(test.Package, call);
        if (id == ReferenceNames.BrokenId || (id is null && names.IsDisabled(call)))
        {
            // A model that is switched off takes its tests with it, as with dbt.
            return [];
        }

        if (id is null || nodes.GetValueOrDefault(id) is not ModelNode model)
        {
            scope.Diagnostics.Add(names.UnknownRef(call.Span, call));
            return [];
        }

        var inputs = Inputs(test, nodes);
        var expected = fixtures.Read(test.Package, test.Name, test.Expect);
        if (inputs is null || expected is null)
        {
            return [];
        }

        return Tested(test, model, nodes).Select(tested => Make(test, tested, inputs.Value, expected));
    }

    private DraftNode Make(
        UnitTestDeclaration test,
        ModelNode model,
        ImmutableArray<ResolvedInput> inputs,
        FixedRows expected
    )
    {
        var name = model.Version is { } version ? $"{test.Name}_v{version.Text}" : test.Name;
        var fqn = ResourceFolder.Fqn(test.Package, test.RelativePath, model.Name, name);
        var config = scope.Layers.Merge(ResourceKind.UnitTest, test.Package, fqn, test.Configs, []);
        _ = scope.Settings(config, test.NameSpan, out var isEnabled);
        var node = new UnitTestNode(
            test,
            model.UniqueId,
            inputs,
            expected,
            $"unit_test.{test.Package}.{model.Name}.{name}",
            name,
            test.Package,
            fqn,
            test.NameSpan,
            config.Freeze(),
            [],
            scope.Descriptions.Text(test.Raw["description"], test.Package)
        );
        return new DraftNode(node, null, [], [], [model.UniqueId]) { IsEnabled = isEnabled };
    }

    // A model with versions is tested in each of them, unless the test says in which.
    private IEnumerable<ModelNode> Tested(
        UnitTestDeclaration test,
        ModelNode model,
        IReadOnlyDictionary<string, RelationNode> nodes
    )
    {
        var rule = test.Raw["versions"] as YamlMapping;
        var include = Versions(rule?["include"]);
        var exclude = Versions(rule?["exclude"]);
        if (!include.IsEmpty && (!exclude.IsEmpty || model.Version is null))
        {
            var reason = model.Version is null
                ? $"names versions, but '{model.Name}' has none"
                : "both includes and excludes versions; either is enough";
            scope.Diagnostics.Add(UnitTestDiagnostics.Invalid(rule!.Span, test.Name, reason));
            return [];
        }

        if (model.Version is null)
        {
            return [model];
        }

        return nodes
            .Values.OfType<ModelNode>()
            .Where(other => other.Package == model.Package && other.Name == model.Name)
            .Where(other => include.IsEmpty || include.Contains(other.Version!.Text))
            .Where(other => !exclude.Contains(other.Version!.Text))
            .OrderBy(other => other.UniqueId, StringComparer.Ordinal);
    }

    private static ImmutableArray<string> Versions(YamlNode? node) =>
        node switch
        {
            YamlSequence list => [.. list.Items.OfType<YamlScalar>().Select(item => item.Text)],
            YamlScalar { Value: not null } single => [single.Text],
            _ => [],
        };

    private ImmutableArray<ResolvedInput>? Inputs(
        UnitTestDeclaration test,
        IReadOnlyDictionary<string, RelationNode> nodes
    )
    {
        var inputs = ImmutableArray.CreateBuilder<ResolvedInput>();
        var isRight = true;
        foreach (var given in test.Given)
        {
            var found = Node(test, given.Input, out var isKnown);
            var rows = Rows(test, given, found is null ? null : nodes.GetValueOrDefault(found));
            isRight &= isKnown && rows is not null;
            if (rows is not null)
            {
                inputs.Add(new ResolvedInput(found, rows, given.Input.Content));
            }
        }

        return isRight ? inputs.ToImmutable() : null;
    }

    private FixedRows? Rows(UnitTestDeclaration test, UnitTestInput given, RelationNode? node)
    {
        if (given.Rows is not { Rows: null, Fixture: null })
        {
            return fixtures.Read(test.Package, test.Name, given.Rows);
        }

        if (node is SeedNode seed)
        {
            return FixtureReader.Own(seed);
        }

        scope.Diagnostics.Add(
            UnitTestDiagnostics.Invalid(
                given.Input.Content,
                test.Name,
                $"gives no 'rows' for {given.Input.Text}; only a seed has rows of its own"
            )
        );
        return null;
    }

    private string? Node(UnitTestDeclaration test, YamlScalar input, out bool isKnown)
    {
        isKnown = true;
        if (input.Text.Trim() == "this")
        {
            return null;
        }

        var (refs, sources) = references.Of(input, test.Package, test.Name);
        if (refs is [var call])
        {
            if (names.Ref(test.Package, call) is { } id)
            {
                // What is wrong with a resource that could not be read is said there.
                isKnown = id != ReferenceNames.BrokenId;
                return id;
            }

            scope.Diagnostics.Add(names.UnknownRef(call.Span, call));
        }
        else if (sources is [var table])
        {
            if (names.Source(test.Package, table) is { } id)
            {
                return id;
            }

            scope.Diagnostics.Add(names.UnknownSource(table.Span, table));
        }
        else
        {
            scope.Diagnostics.Add(
                ProjectDiagnostics.InvalidConfig(
                    input.Content,
                    "input",
                    $"'{input.Text}'",
                    "ref('a_model'), source('a_source', 'a_table') or this"
                )
            );
        }

        isKnown = false;
        return null;
    }
}
