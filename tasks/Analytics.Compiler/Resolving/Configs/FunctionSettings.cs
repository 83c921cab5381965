using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>Reads what a function is made of beside its body, and refuses what PostgreSQL's adapter of dbt refuses.</summary>
internal sealed class FunctionSettings(
    SqlResource resource,
    MergedConfig config,
    SettingsReader settings,
    ICollection<Diagnostic> diagnostics
)
{
    /// <summary>The signature; null (reported) when there is none.</summary>
    /// <param name="described">The entry under <c>functions:</c>; null without one.</param>
    public FunctionSignature? Read(ResourceProperties? described)
    {
        Refuse();
        if (described is null)
        {
            diagnostics.Add(
                FunctionDiagnostics.Declaration(
                    resource.NameSpan,
                    resource.Name,
                    "no YAML file says under 'functions:' what it returns"
                )
            );
            return null;
        }

        // What it must have was reported where the YAML was read.
        var returns = described.Raw["returns"] as YamlMapping;
        var arguments = Arguments(described).ToImmutableArray();
        return Text(returns?["data_type"]) is { } type && !arguments.Contains(null)
            ? new FunctionSignature(
                [.. arguments.OfType<FunctionArgument>()],
                type,
                Text(returns?["description"]),
                Volatility()
            )
            : null;
    }

    private void Refuse()
    {
        if (settings.Text("type") is { } type && type != "scalar")
        {
            settings.Refuse("type", type == "aggregate" ? "an aggregate function" : $"a function of the type '{type}'");
        }

        foreach (var key in (ReadOnlySpan<string>)["runtime_version", "entry_point"])
        {
            if (settings.Has(key))
            {
                settings.Refuse(key, $"'{key}', which is of Python functions,");
            }
        }

        foreach (var key in (ReadOnlySpan<string>)["pre-hook", "post-hook"])
        {
            if (config[key]?.Value is PyList { Count: > 0 })
            {
                settings.Refuse(key, "a hook of a function");
            }
        }
    }

    private string Volatility() =>
        settings.Choice(
            "volatility",
            string.Empty,
            ("deterministic", "immutable"),
            ("stable", "stable"),
            ("non-deterministic", "volatile")
        );

    private static IEnumerable<FunctionArgument?> Arguments(ResourceProperties described)
    {
        foreach (var entry in (described.Raw["arguments"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            yield return Text(entry["name"]) is { } name && Text(entry["data_type"]) is { } type
                ? new FunctionArgument(
                    name,
                    type,
                    Text(entry["default_value"]),
                    Text(entry["description"]) ?? string.Empty
                )
                : null;
        }
    }

    private static string? Text(YamlNode? node) => node is YamlScalar { Value: not null } scalar ? scalar.Text : null;
}
