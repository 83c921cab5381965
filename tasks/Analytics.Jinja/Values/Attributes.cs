using System.Numerics;
using Analytics.Text;

namespace Analytics.Jinja.Values;

/// <summary>Attribute and item access by Jinja's rules: each tries the other, a miss gives an undefined value.</summary>
internal static class Attributes
{
    public static object? Get(object? target, string name, RenderContext context, SourceSpan? origin)
    {
        if (target is Undefined undefined)
        {
            return Captured(undefined, name);
        }

        return TryAttribute(target, name, out var value) || TryItem(target, name, out value)
            ? value
            : Missing(target, name, context, origin);
    }

    public static object? GetItem(object? target, object? key, RenderContext context, SourceSpan? origin)
    {
        if (target is Undefined undefined)
        {
            return Captured(undefined, key as string);
        }

        if (TryItem(target, key, out var value))
        {
            return value;
        }

        return key is string name && TryAttribute(target, name, out value)
            ? value
            : Missing(target, key, context, origin);
    }

    public static bool TryAttribute(object? target, string name, out object? value)
    {
        switch (target)
        {
            case IPyObject known:
                return known.TryGetAttribute(name, out value);
            case IHostObject host when !name.StartsWith('_') && host.TryGetAttribute(name, out value):
                value = Boxes.Import(value);
                return true;
            default:
                value = Methods.Find(target, name) is { } method ? new BoundMethod(method, target!) : null;
                return value is not null;
        }
    }

    public static bool TryItem(object? target, object? key, out object? value)
    {
        value = null;
        switch (target)
        {
            case PyDict dict:
                return key is not (PyList or PyDict or PySet) && dict.TryGet(key, out value);
            case PyList list when key is PySlice slice:
                value = slice.Of(list.Items) is { } items ? new PyList(items) : null;
                return value is not null;
            case PyList list:
                return TryIndex(key, list.Count, out var index) && Found(list.Items[index], out value);
            case PyTuple tuple when key is PySlice slice:
                value = slice.Of(tuple.Items) is { } part ? new PyTuple([.. part]) : null;
                return value is not null;
            case PyTuple tuple:
                return TryIndex(key, tuple.Count, out var position) && Found(tuple.Items[position], out value);
            case string text when key is PySlice slice:
                value = slice.Of(text);
                return value is not null;
            case string text:
                return TryIndex(key, PyString.Length(text), out var character)
                    && Found(PyString.ItemAt(text, character), out value);
            case PyRange range when key is PySlice slice:
                value = range.Of(slice);
                return value is not null;
            case PyRange range:
                return TryIndex(key, range.Count!.Value, out var at) && Found(range[at], out value);
            case IPyIndexed indexed:
                return indexed.TryGetItem(key, out value);
            case IHostObject host:
                var found = host.TryGetItem(key, out value);
                value = Boxes.Import(value);
                return found;
            default:
                return false;
        }
    }

    private static bool TryIndex(object? key, int count, out int index)
    {
        index = 0;
        if (key is not (long or bool))
        {
            return false;
        }

        var number = Arithmetic.ToLong(key);
        number = number < 0 ? number + count : number;
        index = number >= 0 && number < count ? (int)number : -1;
        return index >= 0;
    }

    private static bool Found(object? item, out object? value)
    {
        value = item;
        return true;
    }

    private static object? Captured(Undefined undefined, string? name)
    {
        if (!undefined.Captures)
        {
            throw undefined.Error();
        }

        return name == "name"
            ? undefined.Name
            : new Undefined(TemplateErrorKind.UndefinedName, name, origin: undefined.Origin, captures: true);
    }

    private static Undefined Missing(object? target, object? key, RenderContext context, SourceSpan? origin)
    {
        // Every Python object has such attributes, and every sandbox escape begins with one.
        if (
            key is string name
            && name.StartsWith("__", StringComparison.Ordinal)
            && name.EndsWith("__", StringComparison.Ordinal)
        )
        {
            return new Undefined(
                TemplateErrorKind.Security,
                name,
                $"access to attribute '{name}' of '{TypeName.Of(target)}' object is unsafe",
                origin
            );
        }

        var shown = key is BigInteger or PySlice ? "the item" : PyText.Repr(key);
        return new Undefined(
            TemplateErrorKind.UndefinedAttribute,
            key as string,
            key is string
                ? $"'{TypeName.Describe(target)}' has no attribute {shown}"
                : $"{TypeName.Describe(target)} has no element {shown}",
            origin,
            context.Options.Undefined == UndefinedBehavior.Capture
        );
    }
}
