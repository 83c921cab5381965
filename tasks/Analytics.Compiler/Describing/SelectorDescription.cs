using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Analytics.Compiler.Loading.Selectors;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>Describes selectors as dbt's manifest does: words are taken apart, and every criterion is a mapping.</summary>
internal static partial class SelectorDescription
{
    public static PyDict All(ImmutableArray<SelectorDeclaration> selectors)
    {
        var described = new PyDict();
        foreach (var selector in selectors)
        {
            described[selector.Name] = new PyDict
            {
                { "name", selector.Name },
                { "description", selector.Description },
                { "definition", Definition(selector.Definition) },
            };
        }

        return described;
    }

    // The depth is that of the YAML file.
    private static PyDict Definition(SelectorExpression expression) =>
        expression switch
        {
            SelectorGroup group => Group(group),
            SelectorCriterion criterion => Criterion(criterion),
            SelectorWords words => Words(words.Text),
            _ => throw new ArgumentException("Not a kind of selector.", nameof(expression)),
        };

    private static PyDict Group(SelectorGroup group)
    {
        var parts = new PyList(group.Parts.Select(Definition));
        if (!group.Exclude.IsEmpty)
        {
            parts.Add(new PyDict { { "exclude", new PyList(group.Exclude.Select(Definition)) } });
        }

        return new PyDict { { group.IsIntersection ? "intersection" : "union", parts } };
    }

    private static PyDict Criterion(SelectorCriterion criterion)
    {
        var described = new PyDict { { "method", criterion.Method }, { "value", criterion.Value } };
        AddGenerations(described, "parents", criterion.Parents);
        AddGenerations(described, "children", criterion.Children);
        if (criterion.ChildrensParents)
        {
            described["childrens_parents"] = true;
        }

        if (criterion.IndirectSelection is { } indirect)
        {
            described["indirect_selection"] = indirect;
        }

        if (!criterion.Exclude.IsEmpty)
        {
            described["exclude"] = new PyList(criterion.Exclude.Select(Definition));
        }

        return described;
    }

    private static void AddGenerations(PyDict described, string key, int? generations)
    {
        if (generations != 0)
        {
            described[key] = true;
        }

        if (generations > 0)
        {
            described[$"{key}_depth"] = (long)generations;
        }
    }

    // Blanks unite, commas intersect, and a comma binds tighter.
    private static PyDict Words(string text)
    {
        var united = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Intersection).ToList();
        return united is [var only] ? only : new PyDict { { "union", new PyList(united) } };
    }

    private static PyDict Intersection(string word)
    {
        var parts = word.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Word).ToList();
        return parts is [var only] ? only : new PyDict { { "intersection", new PyList(parts) } };
    }

    private static PyDict Word(string word)
    {
        var match = Grammar().Match(word);
        var value = match.Groups["value"].Value;
        var method = match.Groups["method"];
        var described = new PyDict
        {
            { "method", method.Success ? method.Value : MethodOf(value) },
            { "value", value },
        };
        if (match.Groups["at"].Success)
        {
            described["childrens_parents"] = true;
        }

        AddGenerations(described, "parents", Generations(match.Groups["parents"]));
        AddGenerations(described, "children", Generations(match.Groups["children"]));
        return described;
    }

    private static string MethodOf(string value) =>
        value.Contains('/', StringComparison.Ordinal) || value.Contains('\\', StringComparison.Ordinal) ? "path"
        : value.EndsWith(".sql", StringComparison.Ordinal) || value.EndsWith(".csv", StringComparison.Ordinal) ? "file"
        : "fqn";

    private static int? Generations(Group operatorGroup) =>
        !operatorGroup.Success ? 0
        : int.TryParse(operatorGroup.Value.Trim('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var depth)
            ? depth
        : null;

    [GeneratedRegex(
        @"\A(?<at>@)?(?<parents>\d*\+)?(?:(?<method>\w+(?:\.\w+)*):)?(?<value>.*?)(?<children>\+\d*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline
    )]
    private static partial Regex Grammar();
}
