using System.Collections.Frozen;

namespace Analytics.Jinja.Values;

/// <summary>The names that Jinja itself defines. <c>lipsum</c> is left out: it is random.</summary>
internal static class BuiltInGlobals
{
    private static readonly FrozenDictionary<string, object?> Names = new BuiltIn[]
    {
        BuiltIn.Of("range(start, stop?, step?)", Range),
        BuiltIn.Of("dict(pairs?, **)", Dict),
        BuiltIn.Of("namespace(pairs?, **)", c => new PyNamespace((PyDict)Dict(c))),
        BuiltIn.Of("joiner(sep?)", c => new PyJoiner(c.Has(0) ? c[0] : ", ")),
        BuiltIn.Of(
            "cycler(*)",
            c =>
                c.MorePositional.Length > 0
                    ? new PyCycler(c.MorePositional)
                    : throw PyError.Value("at least one item has to be provided")
        ),
    }.ToFrozenDictionary(b => b.Name, object? (b) => b, StringComparer.Ordinal);

    public static bool TryGet(string name, out object? value) => Names.TryGetValue(name, out value);

    private static PyRange Range(BuiltInCall call) =>
        call.Has(1)
            ? new PyRange(call.Integer(0), call.Integer(1), call.Has(2) ? call.Integer(2) : 1)
            : new PyRange(0, call.Integer(0), 1);

    private static object Dict(BuiltInCall call)
    {
        var dict = new PyDict();
        if (call.Has(0))
        {
            DictMethods.Update(dict, call[0], call.Context);
        }

        foreach (var (name, value) in call.MoreNamed)
        {
            dict[name] = value;
        }

        return dict;
    }
}
