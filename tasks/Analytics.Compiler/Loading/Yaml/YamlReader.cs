using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Text;
using YamlDotNet.Core;

namespace Analytics.Compiler.Loading.Yaml;

/// <summary>Reads YAML as dbt's loader (PyYAML's safe loader) does, and keeps the place of every value.</summary>
public static class YamlReader
{
    /// <summary>How deep values may nest, aliases followed. Whoever walks a tree of this reader may recurse.</summary>
    public const int MaxDepth = 100;

    /// <summary>How many values a document may have, those behind each alias counted each time.</summary>
    public const int MaxNodes = 1_000_000;

    // Each value that is indented as only PyYAML allows costs one more reading of the text.
    private const int MaxRereadLength = 20_000_000;

    /// <summary>Reads a text; never throws for what is in it.</summary>
    public static YamlDocument Parse(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (FindForbiddenCharacter(file.Text) is { } offset)
        {
            var code = ((int)file.Text[offset]).ToString("X4", System.Globalization.CultureInfo.InvariantCulture);
            return new YamlDocument(
                null,
                [ProjectDiagnostics.YamlSyntax(file.Span(offset, 1), $"YAML does not allow the character U+{code}")]
            );
        }

        var padding = new YamlPadding(file.Text);
        YamlDocument? document;
        var budget = Math.Max(file.Text.Length, MaxRereadLength);
        do
        {
            document = Read(file, padding);
            budget -= Math.Max(1, file.Text.Length);
        } while (document is null && budget > 0);

        return document ?? Read(file, padding, mends: false)!;
    }

    // Null when the text was mended and must be read again.
    private static YamlDocument? Read(SourceFile file, YamlPadding padding, bool mends = true)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var builder = new YamlTreeBuilder(file, padding, diagnostics);
        var parser = new Parser(new StringReader(padding.Text));
        try
        {
            while (builder.Continues && parser.MoveNext())
            {
                builder.Add(parser.Current!);
            }
        }
        catch (YamlException exception)
        {
            if (mends && YamlTolerance.TryMend(file.Text, padding, exception))
            {
                return null;
            }

            // A template without quotes may have been noticed before the parser stumbled over what follows it.
            var error = YamlSyntaxError.Describe(
                file,
                padding,
                exception,
                builder.OpenFlowCollection,
                builder.LongQuote
            );
            if (!diagnostics.Contains(error))
            {
                diagnostics.Add(error);
            }

            return new YamlDocument(null, diagnostics.ToImmutable());
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The scanner throws these, without a position, for lines in brackets that are indented too little, for
            // brackets that nothing closes, and for escapes that are cut off.
            if (mends && YamlTolerance.TryMend(file.Text, padding, builder.OutermostFlowStart, builder.LastEnd))
            {
                return null;
            }

            diagnostics.Add(YamlSyntaxError.Unfinished(file, builder.OpenFlowCollection, builder.LastEnd));
            return new YamlDocument(null, diagnostics.ToImmutable());
        }

        return new YamlDocument(builder.Continues ? builder.Root : null, diagnostics.ToImmutable());
    }

    // The characters that YAML calls printable, and the halves of surrogate pairs.
    private static int? FindForbiddenCharacter(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\t' or '\n' or '\r' or (>= ' ' and <= '~') or '\u0085' or (>= '\u00A0' and <= '\uD7FF'))
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            if (c is (>= '\uE000' and <= '\uFFFD'))
            {
                continue;
            }

            return i;
        }

        return null;
    }
}
