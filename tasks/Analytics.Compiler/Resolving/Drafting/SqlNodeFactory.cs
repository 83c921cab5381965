using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Compiler.Resolving.Contracts;
using Analytics.Compiler.Resolving.Naming;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Compiler.Resolving.References;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>Makes nodes of models, snapshots, singular tests and analyses.</summary>
internal sealed class SqlNodeFactory(ResolvingScope scope)
{
    private readonly RelationNamer namer = new(scope.Project, scope.Diagnostics);
    private readonly YamlReferences references = new(scope.Project, scope.Diagnostics);

    /// <summary>What is known of one resource while its node is made.</summary>
    private sealed record Ingredients(
        SqlResource Resource,
        ResourceProperties? Described,
        ModelVersion? Version,
        ImmutableArray<string> Fqn,
        MergedConfig Config,
        SettingsReader Settings
    )
    {
        public string Package => Resource.Package;

        public string Name => Version?.Properties.Name ?? Resource.Name;
    }

    /// <summary>The draft of a resource; null when a naming macro failed (reported).</summary>
    public DraftNode? Make(SqlResource resource, CapturedTemplate captured)
    {
        var (described, version) =
            resource.Kind == ResourceKind.Model
                ? scope.Properties.TakeModel(resource.Package, resource.Name)
                : (scope.Properties.Take(resource.Kind, resource.Package, resource.Name), null);
        ImmutableArray<string> fqn = version is null
            ? resource.Fqn
            : [.. resource.Fqn[..^1], version.Properties.Name, $"v{version.Text}"];
        var config = scope.Layers.Merge(
            resource.Kind,
            resource.Package,
            fqn,
            described?.Configs ?? [],
            captured.Configs
        );
        var settings = scope.Settings(config, resource.NameSpan, out var isEnabled);
        var ingredients = new Ingredients(resource, described, version, fqn, config, settings);
        GraphNode? node = resource.Kind switch
        {
            ResourceKind.Model => Model(ingredients),
            ResourceKind.Snapshot => Snapshot(ingredients),
            ResourceKind.Test => SingularTest(ingredients),
            ResourceKind.Function => Function(ingredients),
            _ => Analysis(ingredients),
        };
        if (node is null)
        {
            return null;
        }

        if (isEnabled)
        {
            UnappliedConfigs.Report(config, scope.Diagnostics);
        }

        var outside = isEnabled ? References(node, described, config) : HookReferences.None;
        return new DraftNode(
            node with
            {
                Described = described,
            },
            captured.Template,
            captured.Refs.AddRange(outside.Refs),
            captured.Sources.AddRange(outside.Sources),
            []
        )
        {
            Functions = captured.Functions.AddRange(outside.Functions),
            IsEnabled = isEnabled,
        };
    }

    // What is referred to outside of the template itself.
    private HookReferences References(GraphNode node, ResourceProperties? described, MergedConfig config)
    {
        var hooks = references.OfHooks(node, config);
        if (described is null || node is not ModelNode)
        {
            return hooks;
        }

        var (targets, tables) = references.OfConstraints(described);
        return hooks with { Refs = hooks.Refs.AddRange(targets), Sources = hooks.Sources.AddRange(tables) };
    }

    private ModelNode? Model(Ingredients from)
    {
        var shape = ModelSettings.Read(from.Settings, new Makers(scope.Project.Macros, from.Package));
        var id = $"model.{from.Package}.{from.Name}";
        return Relation(from) is not { } relation
            ? null
            : new ModelNode(
                from.Resource,
                shape.Materialization,
                shape.Incremental,
                relation,
                scope.Descriptions.Columns(from.Described?.Columns ?? [], from.Package),
                from.Version is null ? id : $"{id}.v{from.Version.Text}",
                from.Name,
                from.Package,
                from.Fqn,
                from.Resource.NameSpan,
                from.Config.Freeze(),
                [],
                scope.Descriptions.Text(from.Described, from.Package)
            )
            {
                Version = from.Version,
                Access = Access(from, shape.Materialization),
                Maker = shape.Maker,

                Contract = new ContractReader(from.Settings).Read(from.Name, shape, from.Described),
                OnConfigurationChange = from.Settings.Choice(
                    "on_configuration_change",
                    OnConfigurationChange.Apply,
                    ("apply", OnConfigurationChange.Apply),
                    ("continue", OnConfigurationChange.Continue),
                    ("fail", OnConfigurationChange.Fail)
                ),
                Quoting = Quoting(from),
                Indexes = IndexReader.Read(from.Config, from.Settings),
                Grants = GrantsReader.Read(from.Config, from.Settings),

                // A macro that makes the relation runs them itself, where it calls run_hooks.
                PreHooks = shape.Maker is null ? HookReader.ReadBefore(from.Config, from.Settings) : [],
                PostHooks = shape.Maker is null ? HookReader.Read("post-hook", from.Config, from.Settings) : [],
            };
    }

    // Others cannot refer to what is no relation.
    private static ModelAccess Access(Ingredients from, Materialization materialization)
    {
        var access = from.Settings.Choice(
            "access",
            ModelAccess.Protected,
            ("private", ModelAccess.Private),
            ("protected", ModelAccess.Protected),
            ("public", ModelAccess.Public)
        );
        if (access == ModelAccess.Public && materialization == Materialization.Ephemeral)
        {
            from.Settings.Report("access", "public", "private or protected: an ephemeral model cannot be public");
        }

        return access;
    }

    private SnapshotNode? Snapshot(Ingredients from)
    {
        var snapshot = SnapshotSettingsReader.Read(from.Settings);
        return Relation(from) is not { } relation
            ? null
            : new SnapshotNode(
                from.Resource,
                snapshot,
                relation,
                scope.Descriptions.Columns(from.Described?.Columns ?? [], from.Package),
                $"snapshot.{from.Package}.{from.Name}",
                from.Name,
                from.Package,
                from.Fqn,
                from.Resource.NameSpan,
                from.Config.Freeze(),
                [],
                scope.Descriptions.Text(from.Described, from.Package)
            )
            {
                Quoting = Quoting(from),
                Indexes = IndexReader.Read(from.Config, from.Settings),
                Grants = GrantsReader.Read(from.Config, from.Settings),
                PreHooks = HookReader.ReadBefore(from.Config, from.Settings),
                PostHooks = HookReader.Read("post-hook", from.Config, from.Settings),
            };
    }

    private TestNode SingularTest(Ingredients from)
    {
        var settings = TestSettingsReader.Read(from.Settings, scope.Project.Options.StoreFailures);
        return new TestNode(
            settings,
            null,
            from.Resource,
            $"test.{from.Package}.{from.Name}",
            from.Name,
            from.Package,
            from.Fqn,
            from.Resource.NameSpan,
            from.Config.Freeze(),
            [],
            scope.Descriptions.Text(from.Described, from.Package)
        )
        {
            ShortName = from.Name,
            FailingRows = FailureNamer.Name(namer, Unnamed(from), null, settings.Keeping, from.Settings, from.Config),
        };
    }

    private FunctionNode? Function(Ingredients from)
    {
        var signature = new FunctionSettings(from.Resource, from.Config, from.Settings, scope.Diagnostics).Read(
            from.Described
        );
        return signature is null || Relation(from) is not { } relation
            ? null
            : new FunctionNode(
                from.Resource,
                signature,
                relation,
                $"function.{from.Package}.{from.Name}",
                from.Name,
                from.Package,
                from.Fqn,
                from.Resource.NameSpan,
                from.Config.Freeze(),
                [],
                scope.Descriptions.Text(from.Described, from.Package)
            )
            {
                Quoting = Quoting(from),
                Grants = GrantsReader.Read(from.Config, from.Settings),
            };
    }

    private AnalysisNode Analysis(Ingredients from) =>
        new(
            from.Resource,
            scope.Descriptions.Columns(from.Described?.Columns ?? [], from.Package),
            $"analysis.{from.Package}.{from.Name}",
            from.Name,
            from.Package,
            from.Fqn,
            from.Resource.NameSpan,
            from.Config.Freeze(),
            [],
            scope.Descriptions.Text(from.Described, from.Package)
        );

    private QuotePolicy Quoting(Ingredients from) =>
        QuotingReader.Over(scope.Project.Quoting, from.Settings.Mapping("quoting"));

    private RelationName? Relation(Ingredients from)
    {
        var name = namer.Name(Unnamed(from), from.Settings, from.Config);
        return name is null ? null : Quoting(from).Fold(name);
    }

    private static UnnamedNode Unnamed(Ingredients from)
    {
        var id = $"{from.Resource.Kind.Word()}.{from.Package}.{from.Name}";
        return new UnnamedNode(
            from.Resource.Kind,
            from.Version is null ? id : $"{id}.v{from.Version.Text}",
            from.Name,
            from.Package,
            from.Fqn,
            from.Resource.RelativePath,
            from.Resource.File,
            from.Resource.NameSpan,
            from.Version?.Value
        );
    }
}
