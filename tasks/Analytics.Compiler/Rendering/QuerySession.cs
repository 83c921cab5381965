using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Compiler.Resolving.References;
using Analytics.Jinja;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>
/// A rendering of what is no node: a query or a macro that somebody runs by itself. It may refer to everything, since nothing was ordered
/// by what it reads.
/// </summary>
internal sealed class QuerySession(
    ProjectContext project,
    ReferenceIndex references,
    RunGraph graph,
    string package,
    SourceSpan span,
    RenderScope scope
) : RenderSession(project, package, span)
{
    private readonly List<ModelNode> ephemerals = [];

    /// <summary>Whether an ephemeral model can be put in front of what is rendered; a macro has no such place.</summary>
    public required bool Inlines { get; init; }

    /// <summary>Ephemeral models that were referred to, in the order of the first call.</summary>
    public IReadOnlyList<ModelNode> Ephemerals => ephemerals;

    public override bool Execute => scope.Execute;

    public override bool IsIncremental => false;

    public override IWarehouse Warehouse => scope.Warehouse;

    public override object? This => null;

    public override object Model => new PyDict();

    public override object Graph => graph.For(scope.Execute);

    public override PyList Selected => new(scope.Selected);

    public override Action<string>? Say => scope.Say;

    public override object Ref(CallArguments args)
    {
        var call = ReferenceArguments.Ref(args);
        if (references.Ref(Package, call) is not RelationNode target)
        {
            throw Fail(args, call.Span, place => references.UnknownRef(place, call));
        }

        if (target is not ModelNode { Materialization: Materialization.Ephemeral } ephemeral)
        {
            return RelationValue.Of(scope.Relations.Of(target), target);
        }

        if (!Inlines)
        {
            throw args.Fail($"'{call.Name}' is ephemeral: a macro that runs by itself cannot read it", call.Span);
        }

        if (!ephemerals.Contains(ephemeral))
        {
            ephemerals.Add(ephemeral);
        }

        return RelationValue.Ephemeral(EphemeralInliner.NameOf(ephemeral));
    }

    public override object Source(CallArguments args)
    {
        var call = ReferenceArguments.Source(args);
        return references.Source(Package, call) is { } source
            ? RelationValue.Of(scope.Relations.Of(source), source)
            : throw Fail(args, call.Span, place => references.UnknownSource(place, call));
    }

    public override object Function(CallArguments args)
    {
        var call = ReferenceArguments.Function(args);
        return references.Function(Package, call) is { } function
            ? RelationValue.Of(scope.Relations.Of(function), function)
            : throw Fail(args, call.Span, place => references.UnknownFunction(place, call));
    }

    // There is nothing to configure.
    public override void Configure(CallArguments args) { }

    public override bool TryGetConfig(string key, out object? value)
    {
        value = null;
        return false;
    }
}
