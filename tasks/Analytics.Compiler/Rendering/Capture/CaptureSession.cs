using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering.Capture;

/// <summary>
/// The first rendering of a resource, which records what it refers to and how it is configured. <c>execute</c> is false,
/// and what is not known yet is undefined without complaint, as in dbt's parse.
/// </summary>
internal sealed class CaptureSession(
    ProjectContext project,
    string package,
    string name,
    SourceSpan fallback,
    bool isIncremental
) : RenderSession(project, package, fallback)
{
    public List<RefCall> Refs { get; } = [];

    public List<SourceCall> Sources { get; } = [];

    public List<ConfigEntry> Configs { get; } = [];

    public override bool Execute => false;

    public override bool IsIncremental => isIncremental;

    public override IWarehouse Warehouse => NoWarehouse.Instance;

    public override object This => Self;

    public override object Model =>
        new FrozenMapping(
            new()
            {
                { "name", name },
                { "package_name", Package },
                { "config", new FrozenMapping(new()) },
            }
        );

    // Where a relation really is depends on configs that this very pass reads.
    private RelationValue Self => new(Project.Options.Target.Database, Project.Options.Target.Schema, name, null);

    public override object Ref(CallArguments args)
    {
        var call = ReferenceArguments.Ref(args);
        Refs.Add(call with { Span = InAuthorsFile(args, call.Span) });
        return Self;
    }

    public override object Source(CallArguments args)
    {
        var call = ReferenceArguments.Source(args);
        Sources.Add(call with { Span = InAuthorsFile(args, call.Span) });
        return Self;
    }

    private SourceSpan InAuthorsFile(CallArguments args, SourceSpan span) =>
        TemplateLocation.InAuthorsFile(span, args.Context.Stack, Fallback).Span;

    public override void Configure(CallArguments args) => ConfigArguments.Read(args, Configs);

    public override bool TryGetConfig(string key, out object? value)
    {
        value = Configs.LastOrDefault(entry => entry.Key == key)?.Value;
        return value is not null;
    }
}
