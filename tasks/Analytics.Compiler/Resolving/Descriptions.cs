using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving;

/// <summary>Renders the descriptions of YAML: they may hold <c>doc('…')</c>.</summary>
internal sealed class Descriptions(ConfigLayers layers)
{
    /// <summary>The description of an entry; empty when it has none, or its template failed (reported).</summary>
    public string Text(YamlMapping? entry, string package) =>
        entry?["description"] is YamlScalar { Value: not null } scalar
            ? PyText.Str(layers.Render(scalar, package) ?? string.Empty)
            : string.Empty;

    public ImmutableArray<ColumnProperties> Columns(ImmutableArray<ColumnProperties> columns, string package) =>
        [.. columns.Select(column => column with { Description = Text(column.Raw, package) })];
}
