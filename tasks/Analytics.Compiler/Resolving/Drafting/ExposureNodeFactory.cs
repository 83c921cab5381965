using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Compiler.Resolving.References;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>Makes nodes of exposures.</summary>
internal sealed class ExposureNodeFactory(ResolvingScope scope)
{
    private readonly YamlReferences references = new(scope.Project, scope.Diagnostics);

    /// <summary>The draft of an exposure.</summary>
    public DraftNode Make(ResourceProperties exposure)
    {
        var fqn = ResourceFolder.Fqn(exposure.Package, exposure.RelativePath, exposure.Name);
        var config = scope.Layers.Merge(ResourceKind.Exposure, exposure.Package, fqn, exposure.Configs, []);
        _ = scope.Settings(config, exposure.NameSpan, out var isEnabled);
        var refs = ImmutableArray.CreateBuilder<RefCall>();
        var sources = ImmutableArray.CreateBuilder<SourceCall>();
        foreach (var item in (exposure.Raw["depends_on"] as YamlSequence)?.Items ?? [])
        {
            // Metrics are no part of the graph.
            if (
                item is YamlScalar { Text: var text }
                && text.TrimStart().StartsWith("metric(", StringComparison.Ordinal)
            )
            {
                continue;
            }

            var (found, tables) = references.Of(item, exposure.Package, exposure.Name);
            refs.AddRange(found);
            sources.AddRange(tables);
        }

        var node = new ExposureNode(
            exposure,
            $"exposure.{exposure.Package}.{exposure.Name}",
            exposure.Name,
            exposure.Package,
            fqn,
            exposure.NameSpan,
            config.Freeze(),
            [],
            scope.Descriptions.Text(exposure, exposure.Package)
        );
        return new DraftNode(node, null, refs.ToImmutable(), sources.ToImmutable(), []) { IsEnabled = isEnabled };
    }
}
