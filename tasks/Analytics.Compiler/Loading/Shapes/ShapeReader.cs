using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Shapes;

/// <summary>
/// Takes YAML values apart and reports what does not fit. A value of the wrong kind is reported once and then treated as
/// absent, so that one mistake gives one message.
/// </summary>
/// <param name="diagnostics">Where findings go.</param>
/// <param name="reportsUnknownKeys">False for packages: their authors, not this project's, can mend a key.</param>
internal sealed class ShapeReader(ImmutableArray<Diagnostic>.Builder diagnostics, bool reportsUnknownKeys)
{
    public void Report(Diagnostic diagnostic) => diagnostics.Add(diagnostic);

    /// <summary>Reports a key that may be a mistake.</summary>
    public void Doubt(Diagnostic diagnostic)
    {
        if (reportsUnknownKeys)
        {
            Report(diagnostic);
        }
    }

    /// <summary>A mapping; null when absent, YAML null, or something else (reported).</summary>
    public YamlMapping? Mapping(YamlNode? node, string what) => Kind<YamlMapping>(node, what, "a mapping");

    /// <summary>The items of a list; empty when absent, YAML null, or something else (reported).</summary>
    public ImmutableArray<YamlNode> List(YamlNode? node, string what) => Sequence(node, what)?.Items ?? [];

    /// <summary>A list; null when absent, YAML null, or something else (reported).</summary>
    public YamlSequence? Sequence(YamlNode? node, string what) => Kind<YamlSequence>(node, what, "a list");

    /// <summary>The mappings of a list; others in it are reported and left out.</summary>
    public IEnumerable<YamlMapping> Mappings(YamlNode? node, string what, string item)
    {
        foreach (var entry in List(node, what))
        {
            if (entry is YamlMapping mapping)
            {
                yield return mapping;
            }
            else
            {
                Report(ProjectDiagnostics.YamlShape(entry.Span, item, "a mapping", entry.KindName));
            }
        }
    }

    /// <summary>A scalar that is not null; null when absent, YAML null, or something else (reported).</summary>
    public YamlScalar? Scalar(YamlNode? node, string what) => Kind<YamlScalar>(node, what, "a text");

    /// <summary>The text of a scalar, numbers and booleans as they are written; null as in <see cref="Scalar"/>.</summary>
    public string? Text(YamlNode? node, string what) => Scalar(node, what)?.Text;

    /// <summary>A text that must be there and not be empty; null when it is not (reported at <paramref name="owner"/>).</summary>
    public YamlScalar? Required(YamlMapping owner, string key, string place)
    {
        var node = owner[key];
        if (node is null or YamlScalar { Text: "" } or YamlScalar { Value: null })
        {
            Report(ProjectDiagnostics.MissingKey(FirstKey(owner), key, place));
            return null;
        }

        return Scalar(node, $"'{key}' of {place}");
    }

    /// <summary>A boolean; null when absent, YAML null, or something else (reported).</summary>
    public bool? Flag(YamlNode? node, string what)
    {
        if (IsAbsent(node))
        {
            return null;
        }

        if (node is YamlScalar { Value: bool flag })
        {
            return flag;
        }

        Report(ProjectDiagnostics.YamlShape(node!.Span, what, "true or false", node.KindName));
        return null;
    }

    /// <summary>A text or a list of texts; empty when absent; others are reported and left out.</summary>
    public ImmutableArray<YamlScalar> Texts(YamlNode? node, string what)
    {
        if (IsAbsent(node))
        {
            return [];
        }

        if (node is YamlScalar single)
        {
            return [single];
        }

        if (node is not YamlSequence list)
        {
            Report(ProjectDiagnostics.YamlShape(node!.Span, what, "a text or a list of texts", node.KindName));
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<YamlScalar>(list.Items.Length);
        foreach (var item in list.Items)
        {
            if (Scalar(item, $"an item of {what}") is { } scalar)
            {
                texts.Add(scalar);
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>Warns of each key that the mapping may not have.</summary>
    public void CheckKeys(YamlMapping mapping, KeySet known)
    {
        foreach (var entry in mapping.Entries)
        {
            CheckKey(entry, known);
        }
    }

    /// <summary>Warns of a key that the mapping may not have.</summary>
    public void CheckKey(YamlEntry entry, KeySet known)
    {
        if (!known.Contains(entry.Key))
        {
            var near = NearName.Find(entry.Key, known.Keys);
            Doubt(ProjectDiagnostics.UnknownKey(entry.KeySpan, entry.Key, known.Place, near));
        }
    }

    public static bool IsAbsent(YamlNode? node) => node is null or YamlScalar { Value: null };

    private T? Kind<T>(YamlNode? node, string what, string expected)
        where T : YamlNode
    {
        if (IsAbsent(node))
        {
            return null;
        }

        if (node is T fitting)
        {
            return fitting;
        }

        Report(ProjectDiagnostics.YamlShape(node!.Span, what, expected, node.KindName));
        return null;
    }

    private static SourceSpan FirstKey(YamlMapping owner) =>
        owner.Entries.IsEmpty ? owner.Span : owner.Entries[0].KeySpan;
}
