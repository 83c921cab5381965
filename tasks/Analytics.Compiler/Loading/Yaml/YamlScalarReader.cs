using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Analytics.Compiler.Loading.Yaml;

/// <summary>Makes a scalar of its event: its value by YAML 1.1, and where its text lies.</summary>
internal static class YamlScalarReader
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    public static YamlScalar Read(
        SourceFile file,
        Scalar scalar,
        int begin,
        int end,
        ImmutableArray<Diagnostic>.Builder diagnostics
    )
    {
        var text = file.Text;
        var start = YamlProperties.Skip(text, begin);
        while (end > start && text[end - 1] is '\n' or '\r' or ' ')
        {
            end--;
        }

        var span = file.Span(start, Math.Max(0, end - start));
        var value = Value(scalar, span, diagnostics);
        return new YamlScalar(value, scalar.Value, ContentOf(scalar, span), span);
    }

    private static object? Value(Scalar scalar, SourceSpan span, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        if (scalar.Tag.IsEmpty)
        {
            return scalar.Style == ScalarStyle.Plain ? YamlScalarResolver.Resolve(scalar.Value) : scalar.Value;
        }

        if (scalar.Tag.IsNonSpecific)
        {
            return scalar.Value;
        }

        var tag = scalar.Tag.Value;
        var resolved = YamlScalarResolver.Resolve(scalar.Value);
        switch (tag.StartsWith(TagPrefix, StringComparison.Ordinal) ? tag[TagPrefix.Length..] : null)
        {
            case "str":
                return scalar.Value;
            case "null":
                return null;
            case "bool" when resolved is bool:
            case "int" when resolved is long:
            case "float" when resolved is double:
                return resolved;
            case "float" when resolved is long whole:
                return (double)whole;
            default:
                diagnostics.Add(
                    ProjectDiagnostics.YamlSyntax(span, $"the tag '{tag}' is not supported, or this is no value of it")
                );
                return scalar.Value;
        }
    }

    private static SourceSpan ContentOf(Scalar scalar, SourceSpan span)
    {
        var content =
            scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted && span.Length >= 2
                ? span.Slice(1, span.Length - 2)
                : span;
        if (content.Length != scalar.Value.Length || IsSame(content, scalar.Value))
        {
            return content;
        }

        // As long as the text by accident: offsets must not be taken for those of the text.
        return span.Length != scalar.Value.Length ? span : span.Slice(0, 0);
    }

    private static bool IsSame(SourceSpan content, string value)
    {
        var written = content.File.Text.AsSpan(content.Start, content.Length);
        for (var i = 0; i < written.Length; i++)
        {
            // A single line break inside a flow scalar is folded into one space.
            if (written[i] != value[i] && !(written[i] == '\n' && value[i] == ' '))
            {
                return false;
            }
        }

        return true;
    }
}
