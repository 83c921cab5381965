using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Compiler.Resolving.Naming;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving;

/// <summary>Makes nodes of models, snapshots, seeds, sources and singular tests. A disabled resource gives null.</summary>
internal sealed class NodeFactory(
    ProjectContext project,
    PropertyIndex properties,
    ConfigLayers layers,
    ReferenceNames names,
    ICollection<Diagnostic> diagnostics
)
{
    private readonly RelationNamer namer = new(project, diagnostics);
    private readonly Descriptions descriptions = new(layers);

    public DraftNode? Sql(SqlResource resource, CapturedTemplate captured)
    {
        var described = properties.Take(resource.Kind, resource.Package, resource.Name);
        var config = layers.Merge(resource.Kind, resource.Package, resource.Fqn, [described?.Config], captured.Configs);
        var settings = new SettingsReader(config, resource.NameSpan, diagnostics);
        if (settings.Flag("enabled") == false)
        {
            names.AddDisabledRef(resource.Name);
            return null;
        }

        UnappliedConfigs.Report(config, diagnostics);

        GraphNode? node = resource.Kind switch
        {
            ResourceKind.Model => Model(resource, described, config, settings),
            ResourceKind.Snapshot => Snapshot(resource, described, config, settings),
            ResourceKind.Test => SingularTest(resource, described, config, settings),
            _ => null,
        };
        return node is null
            ? null
            : new DraftNode(
                node with
                {
                    Described = described,
                },
                captured.Template,
                captured.Refs,
                captured.Sources,
                []
            );
    }

    public DraftNode? Seed(SeedResource seed)
    {
        var described = properties.Take(ResourceKind.Seed, seed.Package, seed.Name);
        var span = seed.File.Span(0, 0);
        var config = layers.Merge(ResourceKind.Seed, seed.Package, seed.Fqn, [described?.Config], []);
        var settings = new SettingsReader(config, span, diagnostics);
        if (settings.Flag("enabled") == false)
        {
            names.AddDisabledRef(seed.Name);
            return null;
        }

        UnappliedConfigs.Report(config, diagnostics);

        if (namer.Name(seed.Name, seed.Package, "seed", seed.Fqn, span, settings, config) is not { } relation)
        {
            return null;
        }

        var node = new SeedNode(
            seed,
            SeedSettingsReader.Read(settings),
            relation,
            descriptions.Columns(described?.Columns ?? [], seed.Package),
            $"seed.{seed.Package}.{seed.Name}",
            seed.Name,
            seed.Package,
            seed.Fqn,
            span,
            config.Freeze(),
            [],
            descriptions.Text(described?.Raw, seed.Package)
        )
        {
            Indexes = IndexReader.Read(config, settings),
            Described = described,
        };
        return new DraftNode(node, null, [], [], []);
    }

    public DraftNode? Source(SourceTable table)
    {
        var config = layers.Merge(
            ResourceKind.Source,
            table.Package,
            table.Fqn,
            [table.SourceConfig, table.Config],
            []
        );
        var settings = new SettingsReader(config, table.NameSpan, diagnostics);
        if (settings.Flag("enabled") == false)
        {
            names.AddDisabledSource(table.SourceName, table.Name);
            return null;
        }

        var target = project.Options.Target;
        var relation = new RelationName(
            Text(table.Database, table.Package) ?? target.Database,
            Text(table.Schema, table.Package) ?? table.SourceName,
            Text(table.Identifier, table.Package) ?? table.Name
        );
        var node = new SourceNode(
            table,
            relation,
            descriptions.Columns(table.Columns, table.Package),
            $"source.{table.Package}.{table.SourceName}.{table.Name}",
            table.Name,
            table.Package,
            table.Fqn,
            table.NameSpan,
            config.Freeze(),
            [],
            descriptions.Text(table.RawTable, table.Package)
        );
        return new DraftNode(node, null, [], [], []);
    }

    private ModelNode? Model(
        SqlResource resource,
        ResourceProperties? described,
        MergedConfig config,
        SettingsReader settings
    )
    {
        var (materialization, incremental) = ModelSettings.Read(settings, diagnostics);
        return Relation(resource, config, settings) is not { } relation
            ? null
            : new ModelNode(
                resource,
                materialization,
                incremental,
                relation,
                descriptions.Columns(described?.Columns ?? [], resource.Package),
                $"model.{resource.Package}.{resource.Name}",
                resource.Name,
                resource.Package,
                resource.Fqn,
                resource.NameSpan,
                config.Freeze(),
                [],
                descriptions.Text(described?.Raw, resource.Package)
            )
            {
                Indexes = IndexReader.Read(config, settings),
            };
    }

    private SnapshotNode? Snapshot(
        SqlResource resource,
        ResourceProperties? described,
        MergedConfig config,
        SettingsReader settings
    )
    {
        var snapshot = SnapshotSettingsReader.Read(settings);
        return Relation(resource, config, settings) is not { } relation
            ? null
            : new SnapshotNode(
                resource,
                snapshot,
                relation,
                descriptions.Columns(described?.Columns ?? [], resource.Package),
                $"snapshot.{resource.Package}.{resource.Name}",
                resource.Name,
                resource.Package,
                resource.Fqn,
                resource.NameSpan,
                config.Freeze(),
                [],
                descriptions.Text(described?.Raw, resource.Package)
            )
            {
                Indexes = IndexReader.Read(config, settings),
            };
    }

    private TestNode SingularTest(
        SqlResource resource,
        ResourceProperties? described,
        MergedConfig config,
        SettingsReader settings
    ) =>
        new(
            TestSettingsReader.Read(settings),
            null,
            resource,
            $"test.{resource.Package}.{resource.Name}",
            resource.Name,
            resource.Package,
            resource.Fqn,
            resource.NameSpan,
            config.Freeze(),
            [],
            descriptions.Text(described?.Raw, resource.Package)
        );

    private RelationName? Relation(SqlResource resource, MergedConfig config, SettingsReader settings) =>
        namer.Name(
            resource.Name,
            resource.Package,
            resource.Kind.ToString(),
            resource.Fqn,
            resource.NameSpan,
            settings,
            config
        );

    private string? Text(YamlScalar? scalar, string package) =>
        scalar is null ? null
        : layers.Render(scalar, package) is { } value ? PyText.Str(value)
        : null;
}
