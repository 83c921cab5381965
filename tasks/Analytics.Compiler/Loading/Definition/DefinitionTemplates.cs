using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>
/// Renders the templates of <c>dbt_project.yml</c> that dbt renders when it reads the file. The project comes first, its
/// packages after it: they see the project's target.
/// </summary>
internal sealed class DefinitionTemplates
{
    // What is rendered for each node, or when it runs; 'profile' is rendered without a target, by who looks for it.
    private static readonly ImmutableHashSet<string> Later =
    [
        "profile",
        "vars",
        "on-run-start",
        "on-run-end",
        "query-comment",
        "models",
        "seeds",
        "snapshots",
        "sources",
        "tests",
        "data_tests",
        "unit_tests",
        "analyses",
        "exposures",
        "functions",
        "macros",
        "metrics",
        "semantic-models",
        "saved-queries",
        "anchors",
    ];

    private readonly ProfileTemplates? templates;
    private string? profile;
    private bool knowsProfile;

    /// <summary>Renders with settings; without them, values stay as they are written.</summary>
    public DefinitionTemplates(DefinitionSettings? settings, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        if (settings is not null)
        {
            var target = new Lazy<object?>(() => settings.Target(profile));
            templates = new ProfileTemplates(settings.Environment, settings.Vars, diagnostics, () => target.Value);
        }
    }

    /// <summary>The file with rendered values. One that fails is reported and left out.</summary>
    public YamlMapping Render(YamlMapping root)
    {
        if (!knowsProfile)
        {
            profile = (root["profile"] as YamlScalar)?.Text;
            knowsProfile = true;
        }

        if (templates is null || !root.Span.Text.Contains('{', StringComparison.Ordinal))
        {
            return root;
        }

        return root with
        {
            Entries =
            [
                .. root
                    .Entries.Select(entry => Later.Contains(entry.Key) ? entry : Rendered(entry))
                    .OfType<YamlEntry>(),
            ],
        };
    }

    private YamlEntry? Rendered(YamlEntry entry) =>
        Rendered(entry.Value) is { } value ? entry with { Value = value } : null;

    // The depth is YAML's.
    private YamlNode? Rendered(YamlNode node) =>
        node switch
        {
            YamlScalar { Value: string text } scalar when Template.HasMarkup(text) => templates!.TryRender(
                scalar,
                out var value
            )
                ? Node(value, scalar)
                : null,
            YamlSequence list => list with { Items = [.. list.Items.Select(Rendered).OfType<YamlNode>()] },
            YamlMapping mapping => mapping with { Entries = [.. mapping.Entries.Select(Rendered).OfType<YamlEntry>()] },
            _ => node,
        };

    private static YamlNode Node(object? value, YamlScalar scalar) =>
        value switch
        {
            PyList list => new YamlSequence([.. list.Select(item => Node(item, scalar))], scalar.Span),
            _ => scalar with { Value = value, Text = value is null ? string.Empty : ProfileTemplates.ToText(value) },
        };
}
