using System.Collections.Frozen;
using System.Collections.Immutable;
using Analytics.Compiler.Describing;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Compiler.Resolving.Drafting;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Compiler.Resolving.References;

namespace Analytics.Compiler.Resolving;

/// <summary>Makes the graph: nodes with their configs and names, references turned into edges, an order without a circle.</summary>
internal sealed class ProjectResolver(ProjectContext project, CancellationToken cancellationToken)
{
    private readonly List<Diagnostic> diagnostics = [];
    private readonly ReferenceNames names = new(project.Macros.RootPackage);

    /// <summary>Resolves the project.</summary>
    /// <param name="found">What there is to say, in no order.</param>
    /// <returns>
    /// The graph, its description and its renderer; null when there is a circle. With other errors, the graph holds what is right: it can be
    /// rendered to find more, and must not be published.
    /// </returns>
    public (ModelGraph Graph, ProjectDescription Description, INodeRenderer Renderer)? Resolve(
        out IReadOnlyList<Diagnostic> found
    )
    {
        found = diagnostics;
        var collection = Collect();
        var drafts = collection.Drafts;
        ReportDuplicateRelations(drafts);
        NameChecks.Report(project.Source, diagnostics);
        UncalledMacros.Report(project.Source, diagnostics);
        NameChecks.ReportBlanks(drafts.Select(draft => draft.Node), diagnostics);
        UnusedPaths.Report(project.Source, drafts.Select(draft => draft.Node).Concat(collection.Disabled), diagnostics);
        var references = new ReferenceResolver(names, new AccessRules(project.Source), drafts, diagnostics);
        var nodes = drafts.Select(references.Resolve).OfType<GraphNode>().ToList();
        if (new GraphBuilder(references.SpanOf).Build(nodes, diagnostics) is not { } graph)
        {
            return null;
        }

        var templates = drafts
            .Where(draft => draft.Template is not null)
            .ToFrozenDictionary(draft => draft.Node.UniqueId, draft => draft.Template!, StringComparer.Ordinal);
        var description = new ProjectDescription(
            project.Source,
            graph,
            collection.Disabled,
            new MacroCatalogue(project.Macros)
        );
        var renderer = new NodeRenderer(project, new ReferenceIndex(names, graph), description, templates);
        return (graph, description, renderer);
    }

    private DraftCollection Collect()
    {
        var drafts = new DraftCollection(names, diagnostics);
        var scope = new ResolvingScope(
            project,
            new PropertyIndex(project.Source, diagnostics),
            new ConfigLayers(project, diagnostics),
            diagnostics
        );
        var sql = new SqlNodeFactory(scope);
        foreach (var (resource, captured) in Capture())
        {
            if (captured is not null)
            {
                var draft = sql.Make(resource, captured);
                drafts.Add(draft);
                if (draft is null && resource.Kind == ResourceKind.Function)
                {
                    names.AddFunction(resource.Package, resource.Name, ReferenceNames.BrokenId);
                }
            }
            else if (resource.Kind is ResourceKind.Model or ResourceKind.Snapshot or ResourceKind.Function)
            {
                AddBroken(resource, scope.Properties);
            }
        }

        var seeds = new SeedNodeFactory(scope);
        var sources = new SourceNodeFactory(scope);
        var exposures = new ExposureNodeFactory(scope);
        var operations = new OperationNodeFactory(scope, cancellationToken);
        foreach (var package in project.Source.All)
        {
            AddAll(drafts, package.Seeds.Select(seeds.Make));
            AddAll(drafts, package.Sources.Select(sources.Make));
            AddAll(
                drafts,
                package.Properties.Where(entry => entry.Kind == ResourceKind.Exposure).Select(exposures.Make)
            );
            AddAll(drafts, operations.Make(package));
        }

        var tests = new TestNodeFactory(scope, cancellationToken);
        AddAll(drafts, Nodes<RelationNode>(drafts).SelectMany(tests.Tests));
        var relations = Nodes<RelationNode>(drafts).ToFrozenDictionary(node => node.UniqueId, StringComparer.Ordinal);
        var unitTests = new UnitTestNodeFactory(scope, names);
        AddAll(
            drafts,
            project
                .Source.All.SelectMany(package => package.UnitTests)
                .SelectMany(test => unitTests.Make(test, relations))
        );
        scope.Properties.ReportUnused(project.Macros.RootPackage, diagnostics);
        return drafts;
    }

    // A copy: the collection grows meanwhile.
    private static List<T> Nodes<T>(DraftCollection drafts) =>
        [.. drafts.Drafts.Select(draft => draft.Node).OfType<T>()];

    private static void AddAll(DraftCollection drafts, IEnumerable<DraftNode?> made)
    {
        foreach (var draft in made)
        {
            drafts.Add(draft);
        }
    }

    // Templates do not know of each other in the first pass: all cores take part, and the order of the results is the
    // order of the files.
    private List<(SqlResource Resource, CapturedTemplate? Captured)> Capture()
    {
        var resources = project.Source.All.SelectMany(package => package.Sql).ToList();
        var results = new (CapturedTemplate? Captured, ImmutableArray<Diagnostic> Diagnostics)[resources.Count];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(
            0,
            resources.Count,
            options,
            index => results[index] = TemplateCapture.Capture(resources[index], project, cancellationToken)
        );
        var captured = new List<(SqlResource, CapturedTemplate?)>(resources.Count);
        for (var i = 0; i < resources.Count; i++)
        {
            diagnostics.AddRange(results[i].Diagnostics);
            captured.Add((resources[i], results[i].Captured));
        }

        return captured;
    }

    // Its template has an error of its own, but its name exists: whoever refers to it has made no mistake.
    private void AddBroken(SqlResource resource, PropertyIndex properties)
    {
        var version =
            resource.Kind == ResourceKind.Model ? properties.TakeModel(resource.Package, resource.Name).Version : null;
        if (version is null)
        {
            _ = properties.Take(resource.Kind, resource.Package, resource.Name);
            Action<string, string, string> add =
                resource.Kind == ResourceKind.Function ? names.AddFunction : names.AddRef;
            add(resource.Package, resource.Name, ReferenceNames.BrokenId);
        }
        else
        {
            names.AddVersion(resource.Package, version.Properties.Name, version, ReferenceNames.BrokenId);
        }
    }

    private void ReportDuplicateRelations(IEnumerable<DraftNode> drafts)
    {
        // A function and a relation of one name are two things to the server.
        var relations = new Dictionary<(RelationName, bool IsFunction), GraphNode>();
        foreach (var node in drafts.Select(draft => draft.Node))
        {
            if (
                node is not (SourceNode or ModelNode { Materialization: Materialization.Ephemeral })
                && node.ObjectName is { } relation
                && !relations.TryAdd((relation, node is FunctionNode), node)
            )
            {
                diagnostics.Add(
                    GraphDiagnostics.DuplicateRelation(
                        node.Span,
                        node.Name,
                        relation.ToString(),
                        relations[(relation, node is FunctionNode)].Name
                    )
                );
            }
        }
    }
}
