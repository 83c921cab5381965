using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Compiler.Resolving.Naming;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Compiler.Resolving.References;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>Makes nodes of seeds.</summary>
internal sealed class SeedNodeFactory(ResolvingScope scope)
{
    private readonly RelationNamer namer = new(scope.Project, scope.Diagnostics);
    private readonly YamlReferences references = new(scope.Project, scope.Diagnostics);

    /// <summary>The draft of a seed; null when a naming macro failed (reported).</summary>
    public DraftNode? Make(SeedResource seed)
    {
        var described = scope.Properties.Take(ResourceKind.Seed, seed.Package, seed.Name);
        var span = seed.File.Span(0, 0);
        var config = scope.Layers.Merge(ResourceKind.Seed, seed.Package, seed.Fqn, described?.Configs ?? [], []);
        var settings = scope.Settings(config, span, out var isEnabled);
        var unnamed = new UnnamedNode(
            ResourceKind.Seed,
            $"seed.{seed.Package}.{seed.Name}",
            seed.Name,
            seed.Package,
            seed.Fqn,
            seed.RelativePath,
            seed.File,
            span,
            null
        );
        if (namer.Name(unnamed, settings, config) is not { } relation)
        {
            return null;
        }

        if (isEnabled)
        {
            UnappliedConfigs.Report(config, scope.Diagnostics);
        }

        var quoting = QuotingReader.Over(scope.Project.Quoting, settings.Mapping("quoting"));
        var node = new SeedNode(
            seed,
            SeedSettingsReader.Read(settings),
            quoting.Fold(relation),
            scope.Descriptions.Columns(described?.Columns ?? [], seed.Package),
            unnamed.UniqueId,
            seed.Name,
            seed.Package,
            seed.Fqn,
            span,
            config.Freeze(),
            [],
            scope.Descriptions.Text(described, seed.Package)
        )
        {
            Quoting = quoting,
            Indexes = IndexReader.Read(config, settings),
            Grants = GrantsReader.Read(config, settings),
            PreHooks = HookReader.Read("pre-hook", config, settings),
            PostHooks = HookReader.Read("post-hook", config, settings),
            Described = described,
        };
        var hooks = isEnabled ? references.OfHooks(node, config) : HookReferences.None;
        return new DraftNode(node, null, hooks.Refs, hooks.Sources, [])
        {
            Functions = hooks.Functions,
            IsEnabled = isEnabled,
        };
    }
}
