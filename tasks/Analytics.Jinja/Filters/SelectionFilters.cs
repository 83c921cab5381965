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

    private static EnumerableIterator Map(BuiltInCall call) => new(Each(call[0], call, Function(call)));

    private static IEnumerable<object?> Each(object? items, BuiltInCall call, Func<object?, object?> function)
    {
        var iterator = Iteration.Over(items);
        while (iterator.TryNext(out var item))
        {
            call.Context.Step();
            yield return function(item);
        }
    }

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
            ?? throw new PyError(TemplateErrorKind.UnknownFilter, $"No filter named '{name}'", name, call.SpanOf(0));
        var args = new CallArguments(call.Context, rest, named, call.Span, null);
        return filter.Filter(args);
    }

    private static EnumerableIterator Select(BuiltInCall call, bool keep, bool byAttribute)
    {
        var positional = call.MorePositional;
        Func<object?, object?> get = item => item;
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
        return new EnumerableIterator(Kept(call, item => test(get(item)) == keep));
    }

    private static IEnumerable<object?> Kept(BuiltInCall call, Func<object?, bool> keeps)
    {
        var iterator = Iteration.Over(call[0]);
        while (iterator.TryNext(out var item))
        {
            call.Context.Step();
            if (keeps(item))
            {
                yield return item;
            }
        }
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
            ?? throw new PyError(TemplateErrorKind.UnknownTest, $"No test named '{name}'", name, call.SpanOf(index));
        var args = new CallArguments(call.Context, positional[1..], call.MoreNamed, call.Span, null);
        return test.Test(args);
    }
}
