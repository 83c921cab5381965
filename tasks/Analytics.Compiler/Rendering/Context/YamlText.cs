using System.Globalization;
using System.Numerics;
using System.Text;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>Plain values as YAML, in blocks, as Python's <c>yaml.safe_dump</c> lays them out.</summary>
internal static class YamlText
{
    private const int MaxDepth = 100;

    /// <summary>The text, with a line end at its end; null for a value that YAML has no plain form for.</summary>
    public static string? Write(object? value, bool sortKeys)
    {
        var text = new StringBuilder();
        if (value is not (PyDict { Count: > 0 } or FrozenMapping or IReadOnlyCollection<object?> { Count: > 0 }))
        {
            return Scalar(value) is { } scalar
                ? $"{scalar}\n{(value is string or PyDict or PyList ? "" : "...\n")}"
                : null;
        }

        return Append(text, value, 0, sortKeys) ? text.ToString() : null;
    }

    private static bool Append(StringBuilder text, object? value, int depth, bool sortKeys)
    {
        if (depth > MaxDepth)
        {
            return false;
        }

        return AdapterDispatch.Entries(value) is { } entries
            ? AppendEntries(text, entries, depth, sortKeys)
            : AppendItems(text, (IEnumerable<object?>)value!, depth, sortKeys);
    }

    private static bool AppendEntries(StringBuilder text, PyDict entries, int depth, bool sortKeys)
    {
        var pairs = sortKeys
            ? entries.OrderBy(pair => PyText.Str(pair.Key), StringComparer.Ordinal)
            : entries.AsEnumerable();
        var first = true;
        foreach (var (key, value) in pairs)
        {
            if (Scalar(key) is not { } name)
            {
                return false;
            }

            // The first entry of a mapping in a list stands behind the dash.
            Indent(text, first && EndsWithDash(text) ? 0 : depth).Append(name).Append(':');
            first = false;
            if (!AppendValue(text, value, depth, sortKeys))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AppendValue(StringBuilder text, object? value, int depth, bool sortKeys)
    {
        if (Scalar(value) is { } scalar)
        {
            text.Append(' ').Append(scalar).Append('\n');
            return true;
        }

        if (!IsContainer(value))
        {
            return false;
        }

        // A list stands at the column of its key.
        text.Append('\n');
        return Append(text, value, AdapterDispatch.Entries(value) is null ? depth : depth + 1, sortKeys);
    }

    private static bool AppendItems(StringBuilder text, IEnumerable<object?> items, int depth, bool sortKeys)
    {
        var first = true;
        foreach (var item in items)
        {
            Indent(text, first && EndsWithDash(text) ? 0 : depth).Append("- ");
            first = false;
            if (Scalar(item) is { } scalar)
            {
                text.Append(scalar).Append('\n');
            }
            else if (!IsContainer(item) || !Append(text, item, depth + 1, sortKeys))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsContainer(object? value) => value is PyDict or FrozenMapping or PyList or PyTuple;

    private static bool EndsWithDash(StringBuilder text) => text.Length > 1 && text[^1] == ' ' && text[^2] == '-';

    private static StringBuilder Indent(StringBuilder text, int depth) => text.Append(' ', depth * 2);

    // Null for what is no scalar.
    private static string? Scalar(object? value) =>
        value switch
        {
            null => "null",
            bool flag => flag ? "true" : "false",
            long or BigInteger => PyText.Str(value),
            double number => Number(number),
            string text => Text(text),
            PyDict { Count: 0 } => "{}",
            PyList { Count: 0 } or PyTuple { Count: 0 } => "[]",
            _ => null,
        };

    private static string Number(double number) =>
        double.IsNaN(number) ? ".nan"
        : double.IsInfinity(number) ? (number > 0 ? ".inf" : "-.inf")
        : PyText.Str(number);

    // What would be read as another type, or as another text, is quoted.
    private static string Text(string text)
    {
        if (text.Any(char.IsControl))
        {
            return DoubleQuoted(text);
        }

        var read = YamlReader.Parse(new SourceFile("toyaml", $"- {text}\n"));
        var plain =
            text.Length > 0
            && read.Diagnostics.IsEmpty
            && read.Root is { } root
            && YamlValues.ToNative(root) is PyList { Count: 1 } list
            && list.First() is string same
            && same == text
            && !text.Contains(": ", StringComparison.Ordinal)
            && !text.EndsWith(':')
            && !"\"'[{&*!|>%@`#?-,".Contains(text[0], StringComparison.Ordinal)
            && text is not ("y" or "n" or "Y" or "N");
        return plain ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    _ when char.IsControl(c) => "\\x" + ((int)c).ToString("X2", CultureInfo.InvariantCulture),
                    _ => c.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }
}
