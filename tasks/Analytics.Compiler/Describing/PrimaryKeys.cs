using System.Collections.Immutable;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>
/// Guesses primary keys as dbt does: what a constraint says; else the columns tested for both unique and not_null; else
/// those tested for unique.
/// </summary>
internal sealed class PrimaryKeys(ModelGraph graph)
{
    private readonly ILookup<string, GenericTestUse> tests = graph
        .Nodes.OfType<TestNode>()
        .Select(test => test.Generic)
        .OfType<GenericTestUse>()
        .ToLookup(use => use.AttachedNode, StringComparer.Ordinal);

    /// <summary>The columns; empty when nothing tells.</summary>
    public ImmutableArray<string> Of(ModelNode model)
    {
        if (Declared(model) is { } declared)
        {
            return declared;
        }

        var unique = new SortedSet<string>(StringComparer.Ordinal);
        var notNull = new HashSet<string>(StringComparer.Ordinal);
        foreach (var use in tests[model.UniqueId])
        {
            switch (use.Declaration.TestName)
            {
                case "unique" or "unique_combination_of_columns":
                    unique.UnionWith(Columns(use));
                    break;
                case "not_null":
                    notNull.UnionWith(Columns(use));
                    break;
                default:
                    break;
            }
        }

        ImmutableArray<string> both = [.. unique.Where(notNull.Contains)];
        return both.IsEmpty ? [.. unique] : both;
    }

    private static ImmutableArray<string>? Declared(ModelNode model)
    {
        foreach (var constraint in Constraints(model.Described?.Raw["constraints"]))
        {
            return constraint["columns"] is YamlSequence columns
                ? [.. columns.Items.OfType<YamlScalar>().Select(column => column.Text)]
                : [];
        }

        foreach (var column in model.Columns)
        {
            if (Constraints(column.Raw["constraints"]).Any())
            {
                return [column.Name];
            }
        }

        return null;
    }

    private static IEnumerable<YamlMapping> Constraints(YamlNode? node) =>
        ((node as YamlSequence)?.Items ?? [])
            .OfType<YamlMapping>()
            .Where(constraint => constraint["type"] is YamlScalar { Text: "primary_key" });

    private static IEnumerable<string> Columns(GenericTestUse use)
    {
        if (use.Column is { } column)
        {
            return [column];
        }

        var combination = use.Arguments.FirstOrDefault(argument => argument.Key == "combination_of_columns").Value;
        return (combination as PyList ?? []).OfType<string>();
    }
}
