using System.Globalization;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Filters;

/// <summary>The <c>attribute</c> argument of filters: <c>'a.b.0'</c>, an index, or nothing for the item itself.</summary>
internal static class AttributeGetter
{
    /// <param name="attribute">The argument.</param>
    /// <param name="context">The render.</param>
    /// <param name="fallback">What stands for a missing attribute; null for an undefined value.</param>
    public static Func<object?, object?> Of(object? attribute, RenderContext context, Func<object?>? fallback = null)
    {
        var parts = Parts(attribute);
        return item =>
        {
            foreach (var part in parts)
            {
                item = Attributes.GetItem(item, part, context, null);
                if (item is Undefined && fallback is not null)
                {
                    item = fallback();
                }
            }

            return item;
        };
    }

    /// <summary>Several attributes, <c>'a,b.c'</c>, as a tuple of keys, which equal undefined values do not stop.</summary>
    public static Func<object?, object?> OfMany(object? attribute, RenderContext context, bool caseSensitive)
    {
        if (attribute is not string text || !text.Contains(',', StringComparison.Ordinal))
        {
            var single = Of(attribute, context);
            return item => new PyTuple([Folded(single(item), caseSensitive)]);
        }

        var getters = Array.ConvertAll(text.Split(','), a => Of(a, context));
        return item => new PyTuple(Array.ConvertAll(getters, g => Folded(g(item), caseSensitive)));
    }

    public static object? Folded(object? value, bool caseSensitive) =>
        !caseSensitive && value is string text ? PyCase.ToLower(text) : value;

    private static object?[] Parts(object? attribute) =>
        attribute switch
        {
            null => [],
            string text => Array.ConvertAll(
                text.Split('.'),
                object? (p) =>
                    p.Length > 0
                    && p.All(char.IsAsciiDigit)
                    && long.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                        ? Boxes.Of(index)
                        : p
            ),
            _ => [attribute],
        };
}
