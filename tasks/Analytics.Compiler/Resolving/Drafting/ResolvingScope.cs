using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>What all that makes nodes shares while one project is resolved.</summary>
/// <param name="Project">The project.</param>
/// <param name="Properties">What YAML says of resources.</param>
/// <param name="Layers">Merges configs.</param>
/// <param name="Diagnostics">Takes the reports.</param>
internal sealed record ResolvingScope(
    ProjectContext Project,
    PropertyIndex Properties,
    ConfigLayers Layers,
    ICollection<Diagnostic> Diagnostics
)
{
    /// <summary>Renders descriptions.</summary>
    public Descriptions Descriptions { get; } = new(Layers);

    /// <summary>Reads the settings of a node.</summary>
    /// <param name="config">Its merged config.</param>
    /// <param name="node">Where a report points that has no better place.</param>
    /// <param name="isEnabled">Whether the node counts: what is wrong with a disabled one is nobody's concern.</param>
    public SettingsReader Settings(MergedConfig config, SourceSpan node, out bool isEnabled)
    {
        isEnabled = new SettingsReader(config, node, Diagnostics).Flag("enabled") != false;
        var settings = new SettingsReader(config, node, isEnabled ? Diagnostics : []);
        ConfigShapes.Check(settings);
        return settings;
    }

    /// <summary>The rendered text of a scalar; null when it is absent, or its template failed (reported).</summary>
    public string? Text(YamlScalar? scalar, string package) =>
        scalar is not null && Layers.Render(scalar, package) is { } value ? PyText.Str(value) : null;
}
