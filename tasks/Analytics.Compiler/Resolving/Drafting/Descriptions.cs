using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>Renders the descriptions of YAML: they may hold <c>doc('…')</c>.</summary>
internal sealed class Descriptions(ConfigLayers layers)
{
    /// <summary>The description of a resource; empty when nothing describes it, or its template failed (reported).</summary>
    public string Text(ResourceProperties? described, string package) => Text(described?.Raw["description"], package);

    /// <summary>The text of a <c>description</c>; empty when it is absent, or its template failed (reported).</summary>
    public string Text(YamlNode? description, string package) =>
        description is YamlScalar { Value: not null } scalar
            ? PyText.Str(layers.Render(scalar, package) ?? string.Empty)
            : string.Empty;

    public ImmutableArray<ColumnProperties> Columns(ImmutableArray<ColumnProperties> columns, string package) =>
        [.. columns.Select(column => column with { Description = Text(column.Raw["description"], package) })];
}
