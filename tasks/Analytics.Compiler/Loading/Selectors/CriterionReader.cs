using System.Collections.Immutable;
using System.Globalization;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Selectors;

/// <summary>Reads the definition of a selector. How deep it nests is bounded by YAML's own bound.</summary>
internal sealed class CriterionReader(ShapeReader shapes)
{
    private const string Expected = "words, or a mapping with 'union', 'intersection' or 'method' and 'value'";

    /// <summary>A definition; null when it makes no sense (reported).</summary>
    public SelectorExpression? Read(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar { Value: string } words:
                return new SelectorWords(words.Text, words.Content);
            case YamlMapping { Entries: [{ Key: "union" or "intersection" } group] }:
                return Group(group);
            case YamlMapping mapping when mapping["method"] is not null || mapping["value"] is not null:
                return Criterion(mapping);
            case YamlMapping { Entries: [{ Key: not "exclude", Value: YamlScalar { Value: not null } value } entry] }:
                return Method(entry.Key, entry.KeySpan) is { } method
                    ? new SelectorCriterion(method, value.Text, 0, 0, false, null, [], value.Content)
                    : null;
            default:
                shapes.Report(
                    ProjectDiagnostics.YamlShape(node.Span, "the definition of a selector", Expected, node.KindName)
                );
                return null;
        }
    }

    private SelectorGroup? Group(YamlEntry entry)
    {
        var parts = ImmutableArray.CreateBuilder<SelectorExpression>();
        ImmutableArray<SelectorExpression> exclude = [];
        foreach (var item in shapes.List(entry.Value, $"'{entry.Key}'"))
        {
            if (item is YamlMapping { Entries: [{ Key: "exclude" } taken] })
            {
                exclude = exclude.AddRange(All(taken.Value, "'exclude'"));
            }
            else if (Read(item) is { } part)
            {
                parts.Add(part);
            }
        }

        if (parts.Count > 0)
        {
            return new SelectorGroup(entry.Key == "intersection", parts.ToImmutable(), exclude, entry.KeySpan);
        }

        if (entry.Value is YamlSequence)
        {
            shapes.Report(
                ProjectDiagnostics.YamlShape(
                    entry.Value.Span,
                    $"'{entry.Key}'",
                    "a list of criteria",
                    "nothing to select"
                )
            );
        }

        return null;
    }

    private SelectorCriterion? Criterion(YamlMapping mapping)
    {
        shapes.CheckKeys(mapping, SelectorKeys.Criterion);
        var written = shapes.Required(mapping, "method", "a criterion of a selector");
        var value = shapes.Required(mapping, "value", "a criterion of a selector");
        if (written is null || value is null || Method(written.Text, written.Content) is not { } method)
        {
            return null;
        }

        return new SelectorCriterion(
            method,
            value.Text,
            Generations(mapping, "parents"),
            Generations(mapping, "children"),
            shapes.Flag(mapping["childrens_parents"], "'childrens_parents'") ?? false,
            Indirect(mapping),
            All(mapping["exclude"], "'exclude'"),
            value.Content
        );
    }

    private ImmutableArray<SelectorExpression> All(YamlNode? node, string what) =>
        [.. shapes.List(node, what).Select(Read).OfType<SelectorExpression>()];

    // Without a depth it is all generations, or none.
    private int? Generations(YamlMapping mapping, string key)
    {
        if (shapes.Flag(mapping[key], $"'{key}'") != true)
        {
            return 0;
        }

        if (shapes.Scalar(mapping[$"{key}_depth"], $"'{key}_depth'") is not { } depth)
        {
            return null;
        }

        if (int.TryParse(depth.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var generations))
        {
            return generations;
        }

        shapes.Report(ProjectDiagnostics.YamlShape(depth.Span, $"'{key}_depth'", "a whole number", depth.KindName));
        return null;
    }

    private string? Indirect(YamlMapping mapping)
    {
        if (shapes.Scalar(mapping["indirect_selection"], "'indirect_selection'") is not { } word)
        {
            return null;
        }

        if (SelectorKeys.IndirectSelections.Contains(word.Text, StringComparer.Ordinal))
        {
            return word.Text;
        }

        var words = string.Join(", ", SelectorKeys.IndirectSelections);
        shapes.Report(
            ProjectDiagnostics.InvalidConfig(word.Content, "indirect_selection", $"'{word.Text}'", $"one of {words}")
        );
        return null;
    }

    private string? Method(string written, SourceSpan span)
    {
        var name = written.Split('.')[0];
        if (SelectorKeys.Methods.Contains(name, StringComparer.Ordinal))
        {
            return written;
        }

        var near = NearName.Find(name, SelectorKeys.Methods);
        shapes.Report(
            ProjectDiagnostics.InvalidConfig(
                span,
                "method",
                $"'{written}'",
                near is null ? "one of dbt's selection methods" : $"'{near}'"
            )
        );
        return null;
    }
}
