using Analytics.Jinja.Parsing;
using Analytics.Jinja.Values;
using static Analytics.Jinja.Filters.FilterTable;

namespace Analytics.Jinja.Filters;

/// <summary>
/// dbt's filters that say which type a native render shall give. In a text render they pass their value on. They accept
/// Python's spelling of values only: <c>True</c>, not <c>true</c>.
/// </summary>
internal static class NativeFilters
{
    public static readonly KeyValuePair<string, BuiltIn>[] All =
    [
        .. Named(BuiltIn.WithContext("as_text(value)", c => c.Context.IsNative ? c.AnyText(0) : c[0])),
        .. Named(BuiltIn.WithContext("as_native(value)", c => c.Context.IsNative ? Literal(c) : c[0])),
        .. Named(BuiltIn.WithContext("as_bool(value)", c => Convert(c, "bool", v => v is bool))),
        .. Named(
            BuiltIn.WithContext(
                "as_number(value)",
                c => Convert(c, "number", v => v is not bool && Ordering.IsNumber(v))
            )
        ),
        .. Named(BuiltIn.Of("is_list(value)", c => Boxes.Of(c[0] is PyList))),
    ];

    private static object? Convert(BuiltInCall call, string type, Func<object?, bool> fits)
    {
        if (!call.Context.IsNative)
        {
            return call[0];
        }

        var value = Literal(call);
        return fits(value)
            ? value
            : throw PyError.Value($"Could not convert value '{call.AnyText(0)}' into type '{type}'");
    }

    private static object? Literal(BuiltInCall call) =>
        call[0] is string text && PythonLiteral.TryRead(text, out var value) ? value : call[0];
}
