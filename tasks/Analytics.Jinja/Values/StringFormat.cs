using System.Globalization;
using System.Text;

namespace Analytics.Jinja.Values;

/// <summary>Python's <c>str.format</c>. Fields reach attributes through the sandbox only.</summary>
internal sealed class StringFormat
{
    private readonly object?[] positional;
    private readonly Func<string, object?> named;
    private readonly RenderContext context;
    private int nextIndex;
    private bool? counts;

    private StringFormat(object?[] positional, Func<string, object?> named, RenderContext context)
    {
        this.positional = positional;
        this.named = named;
        this.context = context;
    }

    public static string Format(
        string format,
        object?[] positional,
        KeyValuePair<string, object?>[] named,
        RenderContext context
    ) =>
        new StringFormat(
            positional,
            name =>
                Array.FindIndex(named, p => string.Equals(p.Key, name, StringComparison.Ordinal)) is >= 0 and var index
                    ? named[index].Value
                    : throw PyError.Value($"the text has a field '{name}' that was not passed"),
            context
        ).Run(format, 2);

    public static string FormatMap(string format, object? mapping, RenderContext context) =>
        new StringFormat(
            [],
            name =>
                Attributes.TryItem(mapping, name, out var value)
                    ? value
                    : throw PyError.Value($"the text has a field '{name}' that was not passed"),
            context
        ).Run(format, 2);

    private string Run(string format, int depth)
    {
        if (depth < 0)
        {
            throw PyError.Value("Max string recursion exceeded");
        }

        var builder = new StringBuilder(format.Length + 32);
        for (var i = 0; i < format.Length; i++)
        {
            var mark = format.AsSpan(i).IndexOfAny('{', '}');
            if (mark < 0)
            {
                builder.Append(format, i, format.Length - i);
                break;
            }

            builder.Append(format, i, mark);
            i += mark;
            var c = format[i];
            if (i + 1 < format.Length && format[i + 1] == c)
            {
                builder.Append(c);
                i++;
            }
            else if (c == '}')
            {
                throw PyError.Value("Single '}' encountered in format string");
            }
            else
            {
                var end = FieldEnd(format, i);
                builder.Append(Field(format[(i + 1)..end], depth));
                context.ChargeText(builder.Length);
                i = end;
            }
        }

        return builder.ToString();
    }

    private static int FieldEnd(string format, int start)
    {
        var open = 0;
        for (var i = start; i < format.Length; i++)
        {
            open +=
                format[i] == '{' ? 1
                : format[i] == '}' ? -1
                : 0;
            if (open == 0)
            {
                return i;
            }
        }

        throw PyError.Value(
            start + 1 < format.Length ? "expected '}' before end of string" : "Single '{' encountered in format string"
        );
    }

    private string Field(string field, int depth)
    {
        if (field.Length == 0)
        {
            return FormatSpec.Format(Next(), "");
        }

        var end = NameEnd(field);
        var name = field[..end];
        var conversion = '\0';
        if (end < field.Length && field[end] == '!')
        {
            if (end + 1 >= field.Length)
            {
                throw PyError.Value("end of string while looking for conversion specifier");
            }

            conversion = field[end + 1];
            end += 2;
            if (end < field.Length && field[end] != ':')
            {
                throw PyError.Value("expected ':' after conversion specifier");
            }
        }

        var spec = end < field.Length ? field[(end + 1)..] : "";
        var value = Value(name);
        value = conversion switch
        {
            '\0' => value,
            's' => PyText.Str(value),
            'r' => PyText.Repr(value),
            'a' => PercentFormat.ToAscii(PyText.Repr(value)),
            _ => throw PyError.Value($"Unknown conversion specifier '{conversion}'"),
        };
        if (spec.Contains('{', StringComparison.Ordinal))
        {
            spec = Run(spec, depth - 1);
        }

        return FormatSpec.Format(value is Undefined && spec.Length == 0 ? "" : value, spec);
    }

    private static int NameEnd(string field)
    {
        var inBrackets = false;
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '[')
            {
                inBrackets = true;
            }
            else if (field[i] == ']')
            {
                inBrackets = false;
            }
            else if (!inBrackets && field[i] is '!' or ':')
            {
                return i;
            }
        }

        return field.Length;
    }

    private object? Value(string path)
    {
        var end = path.AsSpan().IndexOfAny('.', '[');
        var first = end < 0 ? path : path[..end];
        var value = First(first);
        while (end >= 0 && end < path.Length)
        {
            if (path[end] == '.')
            {
                var next = path.AsSpan(end + 1).IndexOfAny('.', '[');
                next = next < 0 ? path.Length : next + end + 1;
                value = Attributes.Get(value, path[(end + 1)..next], context, null);
                end = next;
            }
            else
            {
                var close = path.IndexOf(']', end);
                if (close < 0)
                {
                    throw PyError.Value("Missing ']' in format string");
                }

                var key = path[(end + 1)..close];
                value = Attributes.GetItem(value, TryIndex(key, out var index) ? Boxes.Of(index) : key, context, null);
                end = close + 1;
            }
        }

        return value;
    }

    private object? First(string name)
    {
        if (name.Length == 0)
        {
            return Next();
        }

        if (!TryIndex(name, out var index))
        {
            return named(name);
        }

        Number(false);
        return At(index);
    }

    private object? Next()
    {
        Number(true);
        return At(nextIndex++);
    }

    // Either all fields have numbers or none has.
    private void Number(bool automatic)
    {
        counts ??= automatic;
        if (counts != automatic)
        {
            throw PyError.Value(
                automatic
                    ? "cannot switch from manual field specification to automatic field numbering"
                    : "cannot switch from automatic field numbering to manual field specification"
            );
        }
    }

    private object? At(int index) =>
        index < positional.Length
            ? positional[index]
            : throw PyError.Value($"Replacement index {index} out of range for positional args tuple");

    private static bool TryIndex(string text, out int index) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index);
}
