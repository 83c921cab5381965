using System.Text.RegularExpressions;
using Analytics.Compiler.Describing;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Rendering.UnitTesting;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Compiler.Resolving.References;
using Analytics.Jinja;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>A rendering of a node of the graph, for real.</summary>
internal sealed partial class NodeSession(
    ProjectContext project,
    ReferenceIndex references,
    ProjectDescription description,
    RunGraph graph,
    GraphNode node,
    RenderScope scope
) : RenderSession(project, node.Package, node.Span)
{
    private readonly List<ModelNode> ephemerals = [];
    private IReadOnlySet<string>? upstream;
    private PyDict? config;

    /// <summary>Ephemeral models that were referred to, in the order of the first call.</summary>
    public IReadOnlyList<ModelNode> Ephemerals => ephemerals;

    /// <summary>
    /// Whether the template wanted to know something of a database although none answers: whether there is one, what a
    /// query gives, what a relation looks like. The SQL is then not the one that will run.
    /// </summary>
    public bool AskedDatabase { get; private set; }

    public override bool Execute
    {
        get
        {
            AskedDatabase |= !scope.Execute;
            return scope.Execute;
        }
    }

    /// <summary>Whether the template asked for <c>is_incremental()</c>.</summary>
    public bool AskedIncremental { get; private set; }

    public override bool IsIncremental
    {
        get
        {
            AskedIncremental = true;
            return scope.IsIncremental;
        }
    }

    public override IWarehouse Warehouse
    {
        get
        {
            AskedDatabase |= !scope.Execute;
            return scope.Warehouse;
        }
    }

    public override object? This =>
        node is RelationNode relation
            ? RelationValue.Of(scope.Relations.ThisOf(relation), relation) with
            {
                Instead = scope.UnitTest?.This,
            }
        : node is FunctionNode function ? RelationValue.Of(function.Relation, function)
        : null;

    public override string Database => node.ObjectName?.Database ?? base.Database;

    public override string Schema =>
        scope.IsMaking && node is RelationNode made
            ? scope.Relations.ThisOf(made).Schema
            : node.ObjectName?.Schema ?? base.Schema;

    // A copy of the live table may stand beside the new one, with its indexes.
    public override string IndexSalt { get; } =
        scope.IsMaking && node is ModelNode { Maker.ReadsOld: true } ? Guid.NewGuid().ToString("N") : string.Empty;

    public override object Graph => graph.For(scope.Execute);

    public override PyList Selected => new(scope.Selected);

    public override Action<string>? Say => scope.Say;

    public override object Model
    {
        get
        {
            var model = description.ModelOf(node);
            if (Batch is { } batch)
            {
                model["batch"] = new PyDict
                {
                    { "id", batch.Id },
                    { "event_time_start", PythonModules.DatetimeValue(batch.Start) },
                    { "event_time_end", PythonModules.DatetimeValue(batch.End) },
                };
            }

            if (scope.IsMaking && node is RelationNode made)
            {
                model["schema"] = Schema;
                model["relation_name"] = scope.Relations.ThisOf(made).ToSql();
            }

            return model;
        }
    }

    // An ephemeral model that is read is rendered in the same scope: its own parents are not filtered.
    private BatchWindow? Batch => node is ModelNode { Incremental.Batches: not null } ? scope.Batch : null;

    private EventWindow? Time =>
        node is not (ModelNode or SnapshotNode) ? null
        : scope.Inputs.Sample is not { } sample ? Batch?.Time
        : Batch is { } batch ? sample.And(batch.Time)
        : sample;

    /// <summary>Notes that the node reads an ephemeral model.</summary>
    public void Read(ModelNode ephemeral)
    {
        if (!ephemerals.Contains(ephemeral))
        {
            ephemerals.Add(ephemeral);
        }
    }

    // What it depends on may be built elsewhere in this publish, as with ref; all else, and itself, is where it always is.
    public override RelationValue Place(RelationValue named) =>
        named is { Schema: { } schema, Identifier: { } identifier }
        && references.MakerOf(schema, identifier) is { } maker
        && scope.Relations.Of(maker) is var there
        && there != maker.Relation
        && (
            (scope.IsMaking && maker == node) || (upstream ??= references.Graph.Upstream(node)).Contains(maker.UniqueId)
        )
            ? named with
            {
                Schema = there.Schema,
                Identifier = there.Identifier,
            }
            : named;

    /// <summary>
    /// Warns of a name that a template prints and nothing defines. A package's author cannot be told, and a publish renders what a build
    /// has warned of.
    /// </summary>
    public void WarnOfUnknown(SourceSpan span, string name)
    {
        if (!scope.Execute && Package == Project.Macros.RootPackage && ReferenceEquals(span.File, Fallback.File))
        {
            var known = Project
                .Macros.NamesFor(Package)
                .Concat(ContextNames.All)
                .Concat(Assigned().Matches(span.File.Text).Select(match => match.Groups[1].Value));
            Warnings.Add(TemplateDiagnostics.PrintedNothing(span, name, NearName.Find(name, known)));
        }
    }

    public override object Ref(CallArguments args)
    {
        var call = ReferenceArguments.Ref(args);
        var found = references.Ref(Package, call);
        if (found is not RelationNode target)
        {
            if (references.IsBroken(Package, call))
            {
                var owner = Project.Options.Target;
                return new RelationValue(owner.Database, owner.Schema, call.Name, null);
            }

            throw Fail(args, call.Span, span => references.UnknownRef(span, call));
        }

        if (scope.UnitTest is { } test)
        {
            return Fixture(test, args, call.Span, target, $"ref('{call.Name}')");
        }

        if (scope.Execute && !node.DependsOn.Contains(target.UniqueId) && target.UniqueId != node.UniqueId)
        {
            throw args.Fail(
                $"this ref('{call.Name}') runs only where a database answers, so the project was ordered without it; say it in a comment of the model: -- depends_on: {{{{ ref('{call.Name}') }}}}",
                call.Span
            );
        }

        if (target is ModelNode { Materialization: Materialization.Ephemeral } ephemeral)
        {
            Read(ephemeral);
            return Limited(RelationValue.Ephemeral(EphemeralInliner.NameOf(ephemeral)), target);
        }

        return Limited(RelationValue.Of(scope.Relations.Of(target), target), target);
    }

    // Where both apply, the rows of a time are taken of what has none, as dbt does it.
    private RelationValue Limited(RelationValue relation, RelationNode read)
    {
        var limited = scope.Inputs.Limit(relation);
        return Time is { } time && read.Config.Text("event_time") is { } eventTime
            ? limited with
            {
                Instead = time.Of(limited.AsText(), relation.Identifier, eventTime),
            }
            : limited;
    }

    public override object Source(CallArguments args)
    {
        var call = ReferenceArguments.Source(args);
        if (references.Source(Package, call) is not { } source)
        {
            throw Fail(args, call.Span, span => references.UnknownSource(span, call));
        }

        return scope.UnitTest is { } test
            ? Fixture(test, args, call.Span, source, $"source('{call.Source}', '{call.Table}')")
            : Limited(RelationValue.Of(scope.Relations.Of(source), source), source);
    }

    public override object Function(CallArguments args)
    {
        var call = ReferenceArguments.Function(args);
        if (references.Function(Package, call) is not { } function)
        {
            if (references.IsBroken(Package, call))
            {
                var owner = Project.Options.Target;
                return new RelationValue(owner.Database, owner.Schema, call.Name, "function");
            }

            throw Fail(args, call.Span, span => references.UnknownFunction(span, call));
        }

        return scope.Execute && !node.DependsOn.Contains(function.UniqueId)
            ? throw args.Fail(
                $"this function('{call.Name}') runs only where a database answers, so the project was ordered without it; say it in a comment of the node: -- depends_on: {{{{ function('{call.Name}') }}}}",
                call.Span
            )
            : RelationValue.Of(scope.Relations.Of(function), function);
    }

    // The name stays that of the relation: what a template asks about it is answered, and only its rows are those of the test.
    private RelationValue Fixture(
        UnitTestScope test,
        CallArguments args,
        SourceSpan span,
        RelationNode target,
        string written
    )
    {
        if (test.NameOf(target.UniqueId) is not { } fixture)
        {
            throw Fail(
                args,
                span,
                place => UnitTestDiagnostics.MissingInput(test.Test.Span, test.Test.Name, node.Name, written, place)
            );
        }

        return RelationValue.Of(scope.Relations.Of(target), target) with
        {
            Instead = fixture,
        };
    }

    public override bool TryGetVar(string name, out object? value)
    {
        value = null;
        return scope.UnitTest?.Vars.TryGet(name, out value) == true || base.TryGetVar(name, out value);
    }

    public override object? EnvVar(string name) =>
        scope.UnitTest?.EnvVars.TryGet(name, out var value) == true ? value : base.EnvVar(name);

    // The first pass has read it.
    public override void Configure(CallArguments args) { }

    public override bool TryGetConfig(string key, out object? value)
    {
        config ??= ConfigDescription.Of(node);
        return config.TryGet(key, out value);
    }

    [GeneratedRegex(@"\{%[+-]?\s*(?:set|for)\s+([A-Za-z_]\w*)", RegexOptions.CultureInvariant)]
    private static partial Regex Assigned();
}
