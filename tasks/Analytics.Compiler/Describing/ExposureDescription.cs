using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>Describes exposures.</summary>
internal static class ExposureDescription
{
    public static PyDict Of(ExposureNode exposure)
    {
        var raw = exposure.Properties.Raw;
        var config = ConfigDescription.Of(exposure);
        config.TryGet("meta", out var meta);
        config.TryGet("tags", out var tags);
        return new PyDict
        {
            { "name", exposure.Name },
            { "resource_type", "exposure" },
            { "package_name", exposure.Package },
            { "path", exposure.Properties.RelativePath },
            { "original_file_path", exposure.Span.File.Path },
            { "unique_id", exposure.UniqueId },
            { "fqn", new PyList(exposure.Fqn) },
            { "type", (raw["type"] as YamlScalar)?.Text },
            { "owner", ResourceDescription.Owner(raw) },
            { "description", exposure.Description },
            { "label", (raw["label"] as YamlScalar)?.Text },
            { "maturity", (raw["maturity"] as YamlScalar)?.Text },
            { "meta", meta },
            { "tags", tags },
            { "config", config },
            { "unrendered_config", ConfigDescription.Unrendered(exposure) },
            { "url", (raw["url"] as YamlScalar)?.Text },
            { "depends_on", NodeParts.DependsOn(exposure) },
            { "refs", NodeParts.Refs(exposure) },
            { "sources", NodeParts.Sources(exposure) },
            { "metrics", new PyList() },
        };
    }
}
