using Analytics.Jinja.Values;
using static Analytics.Jinja.Filters.FilterTable;

namespace Analytics.Jinja.Filters;

/// <summary>Filters that apply another filter or test to each item; like Jinja's they are lazy.</summary>
internal static class SelectionFilters
{
    public static readonly KeyValuePair<string, BuiltIn>[] All =
    [
        .. Named(BuiltIn.Of("map(value, *, **)", Map)),
        .. Named(BuiltIn.Of("select(value, *, **)", c => Select(c, true, false))),
        .. Named(BuiltIn.Of("reject(value, *, **)", c => Select(c, false, false))),
        .. Named(BuiltIn.Of("selectattr(value, *, **)", c => Select(c, true, true))),
        .. Named(BuiltIn.Of("rejectattr(value, *, **)", c => Select(c, false, true))),
    ];

    // Jinja looks at the arguments only when there is something to apply them to, and takes none for an empty list.
    private static PyIterator Map(BuiltInCall call) =>
        Truth.Of(call[0]) ? new MapIterator(call[0], Function(call), call.Context) : new TupleIterator([]);

    private static Func<object?, object?> Function(BuiltInCall call)
    {
        var named = call.MoreNamed;
        if (call.MorePositional.Length == 0 && Array.Exists(named, n => n.Key == "attribute"))
        {
            var surplus = Array.Find(named, n => n.Key is not ("attribute" or "default"));
            if (surplus.Key is not null)
            {
                throw PyError.Argument($"Unexpected keyword argument '{surplus.Key}'");
            }

            var fallback = Array.FindIndex(named, n => n.Key == "default");
            return AttributeGetter.Of(
                Array.Find(named, n => n.Key == "attribute").Value,
                call.Context,
                fallback < 0 ? null : () => named[fallback].Value
            );
        }

        if (call.MorePositional is not [string name, .. var rest])
        {
            throw PyError.Argument("map requires a filter argument");
        }

        var filter =
            Find(name)
            ?? throw new PyError(TemplateErrorKind.UnknownFilter, FilterTable.Unknown(name), name, call.SpanOf(0));
        var args = new CallArguments(call.Context, rest, named, call.Span, null);
        return filter.Filter(args);
    }

    private static PyIterator Select(BuiltInCall call, bool keep, bool byAttribute)
    {
        if (!Truth.Of(call[0]))
        {
            return new TupleIterator([]);
        }

        var positional = call.MorePositional;
        Func<object?, object?>? get = null;
        if (byAttribute)
        {
            if (positional.Length == 0)
            {
                throw PyError.Argument("Missing parameter for attribute name");
            }

            get = AttributeGetter.Of(positional[0], call.Context);
            positional = positional[1..];
        }

        var test = Test(call, positional, byAttribute ? 1 : 0);
        return new SelectIterator(call[0], get, test, keep, call.Context);
    }

    private static Func<object?, bool> Test(BuiltInCall call, object?[] positional, int index)
    {
        if (positional.Length == 0)
        {
            return Truth.Of;
        }

        var name = PyText.Str(positional[0]);
        var test =
            TestTable.Find(name)
            ?? throw new PyError(TemplateErrorKind.UnknownTest, TestTable.Unknown(name), name, call.SpanOf(index));
        var args = new CallArguments(call.Context, positional[1..], call.MoreNamed, call.Span, null);
        return test.Test(args);
    }
}
