using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Analytics.Jinja.Values;

/// <summary>JSON as Python's <c>json</c> module writes and reads it.</summary>
public static class PyJson
{
    private const int MaxDepth = 500;

    /// <summary>
    /// Python's <c>json.dumps</c>: <c>", "</c> and <c>": "</c> between items, everything beyond ASCII escaped, keys in
    /// order of insertion.
    /// </summary>
    /// <param name="value">A value of plain types; a key that is no text becomes one.</param>
    /// <param name="sortKeys">Orders keys by code points.</param>
    /// <param name="indent">Spaces for each level, one item a line; null for one line.</param>
    /// <exception cref="FormatException">The value, or one in it, has no JSON form; or values are nested deeper than 500.</exception>
    public static string DumpText(object? value, bool sortKeys = false, int? indent = null)
    {
        try
        {
            return Dumps(value, sortKeys, indent);
        }
        catch (PyError error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    /// <summary>Python's <c>json.loads</c>: objects become <see cref="PyDict"/>, a later key replaces an earlier one.</summary>
    /// <exception cref="FormatException">The text is not JSON.</exception>
    public static object? LoadText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    internal static string Dumps(object? value, bool sortKeys, int? indent)
    {
        var builder = new StringBuilder();
        Write(builder, value, sortKeys, indent, 0);
        return builder.ToString();
    }

    private static void Write(StringBuilder builder, object? value, bool sortKeys, int? indent, int depth)
    {
        if (depth > MaxDepth)
        {
            throw PyError.Limit($"JSON nested deeper than {MaxDepth}");
        }

        switch (value)
        {
            case null:
                builder.Append("null");
                break;
            case bool flag:
                builder.Append(flag ? "true" : "false");
                break;
            case string text:
                WriteText(builder, text);
                break;
            case double number:
                builder.Append(
                    double.IsFinite(number) ? PyFloat.Repr(number)
                    : double.IsNaN(number) ? "NaN"
                    : number > 0 ? "Infinity"
                    : "-Infinity"
                );
                break;
            case long or BigInteger:
                builder.Append(PyText.Str(value));
                break;
            case PyDict dict:
                WriteDict(builder, dict, sortKeys, indent, depth);
                break;
            case PyList or PyTuple:
                var items = (IReadOnlyList<object?>)value;
                Between(
                    builder,
                    '[',
                    ']',
                    items.Count,
                    indent,
                    depth,
                    i => Write(builder, items[i], sortKeys, indent, depth + 1)
                );
                break;
            case Undefined undefined:
                throw undefined.Name is null
                    ? PyError.Type("Object of type Undefined is not JSON serializable")
                    : undefined.Error();
            default:
                throw PyError.Type($"Object of type {TypeName.Of(value)} is not JSON serializable");
        }
    }

    private static void WriteDict(StringBuilder builder, PyDict dict, bool sortKeys, int? indent, int depth)
    {
        var entries = dict.ToList();
        if (sortKeys)
        {
            entries = Sorting
                .Sort(entries.Select(object? (e) => new PyTuple([e.Key, e.Value])), e => ((PyTuple)e!)[0], false)
                .ConvertAll(e => KeyValuePair.Create(((PyTuple)e!)[0], ((PyTuple)e)[1]));
        }

        Between(
            builder,
            '{',
            '}',
            entries.Count,
            indent,
            depth,
            i =>
            {
                WriteText(builder, Key(entries[i].Key));
                builder.Append(": ");
                Write(builder, entries[i].Value, sortKeys, indent, depth + 1);
            }
        );
    }

    private static string Key(object? key) =>
        key switch
        {
            string text => text,
            null => "null",
            bool flag => flag ? "true" : "false",
            long or double or BigInteger => PyText.Str(key),
            _ => throw PyError.Type($"keys must be str, int, float, bool or None, not {TypeName.Of(key)}"),
        };

    private static void Between(
        StringBuilder builder,
        char open,
        char close,
        int count,
        int? indent,
        int depth,
        Action<int> write
    )
    {
        builder.Append(open);
        for (var i = 0; i < count; i++)
        {
            builder.Append(
                i == 0 ? ""
                : indent is null ? ", "
                : ","
            );
            NewLine(builder, indent, depth + 1);
            write(i);
        }

        if (count > 0)
        {
            NewLine(builder, indent, depth);
        }

        builder.Append(close);
    }

    private static void NewLine(StringBuilder builder, int? indent, int depth)
    {
        if (indent is not null)
        {
            builder.Append('\n').Append(' ', Math.Max(indent.Value, 0) * depth);
        }
    }

    private static void WriteText(StringBuilder builder, string text)
    {
        builder.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    builder.Append('\\').Append(c);
                    break;
                case '\n':
                    builder.Append("\\n");
                    break;
                case '\r':
                    builder.Append("\\r");
                    break;
                case '\t':
                    builder.Append("\\t");
                    break;
                case '\b':
                    builder.Append("\\b");
                    break;
                case '\f':
                    builder.Append("\\f");
                    break;
                case < ' ' or > '~':
                    builder.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    builder.Append(c);
                    break;
            }
        }

        builder.Append('"');
    }

    // The depth is bounded by the reader's own limit.
    private static object? Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var dict = new PyDict();
                foreach (var property in element.EnumerateObject())
                {
                    dict[property.Name] = Read(property.Value);
                }

                return dict;
            case JsonValueKind.Array:
                return new PyList(element.EnumerateArray().Select(Read));
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                var text = element.GetRawText();
                return text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0
                    ? double.Parse(text, CultureInfo.InvariantCulture)
                    : Boxes.Of(BigInteger.Parse(text, CultureInfo.InvariantCulture));
            case JsonValueKind.True or JsonValueKind.False:
                return Boxes.Of(element.GetBoolean());
            default:
                return null;
        }
    }
}
