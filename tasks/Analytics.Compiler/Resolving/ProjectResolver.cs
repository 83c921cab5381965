using System.Collections.Frozen;
using System.Collections.Immutable;
using Analytics.Compiler.Describing;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Resolving;

/// <summary>Makes the graph: nodes with their configs and names, references turned into edges, an order without a circle.</summary>
internal sealed class ProjectResolver(ProjectContext project, CancellationToken cancellationToken)
{
    private readonly List<Diagnostic> diagnostics = [];
    private readonly Dictionary<(string From, string To), SourceSpan> referenceSpans = [];
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
        var drafts = Drafts();
        ReportDuplicateRelations(drafts);
        var known = drafts.Select(draft => draft.Node.UniqueId).ToHashSet(StringComparer.Ordinal);
        var nodes = drafts.ConvertAll<GraphNode>(draft =>
            draft.Node with
            {
                DependsOn = [.. Dependencies(draft).Where(known.Contains)],
                Refs = [.. draft.Refs.Select(call => new NodeReference(call.Package, call.Name, null)).Distinct()],
                SourceRefs = [.. draft.Sources.Select(call => new SourceReference(call.Source, call.Table)).Distinct()],
            }
        );

        if (new GraphBuilder(ReferenceSpan).Build(nodes, diagnostics) is not { } graph)
        {
            return null;
        }

        var templates = drafts
            .Where(draft => draft.Template is not null)
            .ToFrozenDictionary(draft => draft.Node.UniqueId, draft => draft.Template!, StringComparer.Ordinal);
        var description = new ProjectDescription(project.Source, graph);
        var renderer = new NodeRenderer(project, new ReferenceIndex(names, graph), description, templates);
        return (graph, description, renderer);
    }

    private List<DraftNode> Drafts()
    {
        var properties = new PropertyIndex(project.Source, diagnostics);
        var layers = new ConfigLayers(project, diagnostics);
        var factory = new NodeFactory(project, properties, layers, names, diagnostics);
        var tests = new TestNodeFactory(project, layers, diagnostics);
        var drafts = new Dictionary<string, DraftNode>(StringComparer.Ordinal);
        foreach (var (resource, captured) in Capture(properties))
        {
            Add(drafts, factory.Sql(resource, captured));
        }

        foreach (var seed in project.Source.All.SelectMany(package => package.Seeds))
        {
            Add(drafts, factory.Seed(seed));
        }

        foreach (var table in project.Source.All.SelectMany(package => package.Sources))
        {
            Add(drafts, factory.Source(table));
        }

        foreach (var tested in drafts.Values.Select(draft => draft.Node).OfType<RelationNode>().ToList())
        {
            var whole = tested is SourceNode source
                ? source.Table.Tests
                : properties.Take(tested.Kind, tested.Package, tested.Name)?.Tests ?? [];
            foreach (var draft in tests.Tests(tested, whole))
            {
                Add(drafts, draft);
            }
        }

        properties.ReportUnused(diagnostics);
        ReportRunHooks();
        ReportUnitTests();
        return [.. drafts.Values];
    }

    // Templates do not know of each other in the first pass: all cores take part, and the order of the results is the
    // order of the files.
    private List<(SqlResource Resource, CapturedTemplate Captured)> Capture(PropertyIndex properties)
    {
        var resources = project
            .Source.All.SelectMany(package => package.Sql)
            .Where(resource => resource.Kind != ResourceKind.Analysis)
            .ToList();
        var results = new (CapturedTemplate? Captured, ImmutableArray<Diagnostic> Diagnostics)[resources.Count];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(
            0,
            resources.Count,
            options,
            index => results[index] = TemplateCapture.Capture(resources[index], project, cancellationToken)
        );
        var captured = new List<(SqlResource, CapturedTemplate)>(resources.Count);
        for (var i = 0; i < resources.Count; i++)
        {
            diagnostics.AddRange(results[i].Diagnostics);
            if (results[i].Captured is { } one)
            {
                captured.Add((resources[i], one));
            }
            else
            {
                // Its name exists all the same: whoever refers to it or describes it has made no mistake.
                _ = properties.Take(resources[i].Kind, resources[i].Package, resources[i].Name);
                names.AddRef(resources[i].Package, resources[i].Name, ReferenceNames.BrokenId);
            }
        }

        return captured;
    }

    private void ReportUnitTests()
    {
        foreach (var unitTest in project.Source.All.SelectMany(package => package.UnitTests))
        {
            diagnostics.Add(ProjectDiagnostics.NotApplied(unitTest.NameSpan, $"the unit test '{unitTest.Name}'"));
        }
    }

    private void ReportRunHooks()
    {
        foreach (var definition in project.Source.All.Select(package => package.Definition))
        {
            foreach (var hook in definition.OnRunStart.Concat(definition.OnRunEnd))
            {
                diagnostics.Add(ProjectDiagnostics.NotApplied(hook.Span, "a hook on-run-start or on-run-end"));
            }
        }
    }

    private void Add(Dictionary<string, DraftNode> drafts, DraftNode? draft)
    {
        if (draft is null)
        {
            return;
        }

        var node = draft.Node;
        if (!drafts.TryAdd(node.UniqueId, draft))
        {
            // The same test twice on one column is the same test.
            if (node is not TestNode { Generic: not null })
            {
                diagnostics.Add(
                    GraphDiagnostics.DuplicateName(
                        node.Span,
                        Word(node.Kind),
                        node.Name,
                        drafts[node.UniqueId].Node.Span
                    )
                );
            }

            return;
        }

        switch (node)
        {
            case SourceNode source:
                names.AddSource(source.Package, source.Table.SourceName, source.Table.Name, source.UniqueId);
                break;
            case RelationNode:
                ReportSameName(drafts, node);
                names.AddRef(node.Package, node.Name, node.UniqueId);
                break;
        }
    }

    // ref() could mean either of a model, a seed and a snapshot of one name.
    private void ReportSameName(Dictionary<string, DraftNode> drafts, GraphNode node)
    {
        foreach (var kind in (ReadOnlySpan<string>)["model", "seed", "snapshot"])
        {
            var id = $"{kind}.{node.Package}.{node.Name}";
            if (id != node.UniqueId && drafts.TryGetValue(id, out var other))
            {
                diagnostics.Add(GraphDiagnostics.DuplicateName(node.Span, Word(node.Kind), node.Name, other.Node.Span));
            }
        }
    }

    private void ReportDuplicateRelations(IEnumerable<DraftNode> drafts)
    {
        var relations = new Dictionary<RelationName, GraphNode>();
        foreach (var node in drafts.Select(draft => draft.Node))
        {
            if (
                node is RelationNode and not SourceNode and not ModelNode { Materialization: Materialization.Ephemeral }
                && !relations.TryAdd(((RelationNode)node).Relation, node)
            )
            {
                var relation = ((RelationNode)node).Relation;
                diagnostics.Add(
                    GraphDiagnostics.DuplicateRelation(
                        node.Span,
                        node.Name,
                        relation.ToString(),
                        relations[relation].Name
                    )
                );
            }
        }
    }

    // Where a node refers to another: what a message on the edge points at.
    private SourceSpan? ReferenceSpan(string from, string to) =>
        referenceSpans.TryGetValue((from, to), out var span) ? span : null;

    private SortedSet<string> Dependencies(DraftNode draft)
    {
        var ids = new SortedSet<string>(draft.DependsOn, StringComparer.Ordinal);
        foreach (var call in draft.Refs)
        {
            if (names.Ref(draft.Node.Package, call) is { } id)
            {
                ids.Add(id);
                referenceSpans.TryAdd((draft.Node.UniqueId, id), call.Span);
            }
            else
            {
                diagnostics.Add(names.UnknownRef(call.Span, call));
            }
        }

        foreach (var call in draft.Sources)
        {
            if (names.Source(draft.Node.Package, call) is { } id)
            {
                ids.Add(id);
            }
            else
            {
                diagnostics.Add(names.UnknownSource(call.Span, call));
            }
        }

        ids.Remove(ReferenceNames.BrokenId);
        return ids;
    }

    private static string Word(ResourceKind kind) => kind.ToString().ToLowerInvariant();
}
