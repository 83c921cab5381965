using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Shapes;
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

    public List<FunctionCall> Functions { get; } = [];

    public List<ConfigEntry> Configs { get; } = [];

    public override bool IsCapture => true;

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
                { "config", new Jinja.Values.PyDict() },
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

    public override object Function(CallArguments args)
    {
        var call = ReferenceArguments.Function(args);
        Functions.Add(call with { Span = InAuthorsFile(args, call.Span) });
        return Self;
    }

    private SourceSpan InAuthorsFile(CallArguments args, SourceSpan span) =>
        TemplateLocation.InAuthorsFile(span, args.Context.Stack, Fallback).Span;

    public override void Configure(CallArguments args)
    {
        var before = Configs.Count;
        ConfigArguments.Read(args, Configs);
        if (Package != Project.Macros.RootPackage)
        {
            return;
        }

        // Any name is allowed, for a macro may read it; one that looks like dbt's own is doubted, as in YAML.
        foreach (var entry in Configs.Skip(before).Where(entry => ReferenceEquals(entry.Span.File, Fallback.File)))
        {
            if (!ConfigKeys.All.Contains(entry.Key) && NearName.Find(entry.Key, ConfigKeys.All.Keys) is { } near)
            {
                Warnings.Add(ProjectDiagnostics.UnknownKey(KeySpan(entry), entry.Key, ConfigKeys.All.Place, near));
            }
        }
    }

    public override void Configure(ConfigEntry entry) => Configs.Add(entry);

    // A named argument is known by its value: its name stands before it.
    private static SourceSpan KeySpan(ConfigEntry entry)
    {
        var before = entry.Span.File.Text.AsSpan(0, entry.Span.Start).TrimEnd();
        var name = before.EndsWith("=") ? before[..^1].TrimEnd() : [];
        return name.EndsWith(entry.Key, StringComparison.Ordinal)
            ? entry.Span.File.Span(name.Length - entry.Key.Length, entry.Key.Length)
            : entry.Span;
    }

    public override bool TryGetConfig(string key, out object? value)
    {
        value = Configs.LastOrDefault(entry => entry.Key == key)?.Value;
        return value is not null;
    }
}
