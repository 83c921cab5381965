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
            case PyList list:
                return key is PySlice slice
                    ? TrySlice(slice, list.Count, p => new PyList(p.ConvertAll(i => list.Items[i])), out value)
                    : TryIndex(key, list.Count, i => list.Items[i], out value);
            case PyTuple tuple:
                return key is PySlice part
                    ? TrySlice(part, tuple.Count, p => new PyTuple([.. p.ConvertAll(i => tuple.Items[i])]), out value)
                    : TryIndex(key, tuple.Count, i => tuple.Items[i], out value);
            case string text:
                return key is PySlice cut
                    ? TrySlice(cut, PyString.Length(text), p => PyString.Pick(text, p), out value)
                    : key is long or bool
                        && TryIndex(key, PyString.Length(text), i => PyString.ItemAt(text, i), out value);
            case PyRange range:
                return key is PySlice picked
                    ? TrySlice(picked, range.Count!.Value, p => new PyList(p.ConvertAll(i => range[i])), out value)
                    : TryIndex(key, range.Count!.Value, i => range[i], out value);
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

    private static bool TryIndex(object? key, int count, Func<int, object?> at, out object? value)
    {
        value = null;
        if (key is not (long or bool))
        {
            return false;
        }

        var index = Arithmetic.ToLong(key);
        index = index < 0 ? index + count : index;
        if (index < 0 || index >= count)
        {
            return false;
        }

        value = at((int)index);
        return true;
    }

    private static bool TrySlice(PySlice slice, int count, Func<List<int>, object?> pick, out object? value)
    {
        var positions = slice.Positions(count);
        value = positions is null ? null : pick(positions);
        return positions is not null;
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
