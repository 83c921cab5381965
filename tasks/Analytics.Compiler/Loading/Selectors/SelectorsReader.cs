using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Selectors;

/// <summary>Reads <c>selectors.yml</c>.</summary>
internal sealed class SelectorsReader(ShapeReader shapes)
{
    public const string FileName = "selectors.yml";

    private readonly CriterionReader criteria = new(shapes);

    /// <summary>The selectors in the order of the file; one that refers to itself or to none is reported and left out.</summary>
    public ImmutableArray<SelectorDeclaration> Read(YamlNode document)
    {
        if (document is not YamlMapping root)
        {
            shapes.Report(ProjectDiagnostics.YamlShape(document.Span, FileName, "a mapping", document.KindName));
            return [];
        }

        shapes.CheckKeys(root, SelectorKeys.File);
        var selectors = new Dictionary<string, SelectorDeclaration>(StringComparer.Ordinal);
        foreach (var entry in shapes.Mappings(root["selectors"], "'selectors'", "a selector"))
        {
            if (ReadOne(entry) is not { } selector)
            {
                continue;
            }

            if (!selectors.TryAdd(selector.Name, selector))
            {
                shapes.Report(
                    GraphDiagnostics.DuplicateName(
                        selector.NameSpan,
                        "selector",
                        selector.Name,
                        selectors[selector.Name].NameSpan
                    )
                );
            }
        }

        return [.. selectors.Values.Where(selector => IsSound(selector, selectors))];
    }

    private SelectorDeclaration? ReadOne(YamlMapping entry)
    {
        shapes.CheckKeys(entry, SelectorKeys.Selector);
        var name = shapes.Required(entry, "name", "a selector");
        if (ShapeReader.IsAbsent(entry["definition"]))
        {
            shapes.Report(ProjectDiagnostics.MissingKey(entry.Entries[0].KeySpan, "definition", "a selector"));
            return null;
        }

        var definition = criteria.Read(entry["definition"]!);
        return name is null || definition is null
            ? null
            : new SelectorDeclaration(
                name.Text,
                name.Content,
                shapes.Text(entry["description"], $"'description' of the selector '{name.Text}'") ?? string.Empty,
                Default(entry["default"], $"'default' of the selector '{name.Text}'"),
                definition
            );
    }

    private SelectorDefault Default(YamlNode? node, string what) =>
        node is YamlScalar { Value: string text } && Template.HasMarkup(text)
            ? new SelectorDefault(false, text)
            : new SelectorDefault(shapes.Flag(node, what) ?? false, null);

    // Follows the selectors that a selector is made of, without recursion: they are the author's to chain.
    private bool IsSound(SelectorDeclaration selector, Dictionary<string, SelectorDeclaration> selectors)
    {
        var isSound = true;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<SelectorExpression>([selector.Definition]);
        while (open.TryPop(out var part))
        {
            foreach (var inner in Inside(part))
            {
                open.Push(inner);
            }

            if (part is not SelectorCriterion { Selector: { } name } criterion)
            {
                continue;
            }

            if (!selectors.TryGetValue(name, out var other))
            {
                shapes.Report(
                    GraphDiagnostics.UnknownSelector(criterion.Span, name, NearName.Find(name, selectors.Keys))
                );
                isSound = false;
            }
            else if (other == selector)
            {
                shapes.Report(GraphDiagnostics.CircularSelector(selector.NameSpan, selector.Name));
                isSound = false;
            }
            else if (seen.Add(name))
            {
                open.Push(other.Definition);
            }
        }

        return isSound;
    }

    private static IEnumerable<SelectorExpression> Inside(SelectorExpression part) =>
        part switch
        {
            SelectorGroup group => group.Parts.Concat(group.Exclude),
            SelectorCriterion criterion => criterion.Exclude,
            _ => [],
        };
}
