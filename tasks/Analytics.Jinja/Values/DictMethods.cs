using System.Collections.Frozen;

namespace Analytics.Jinja.Values;

/// <summary>The methods of Python's dict.</summary>
internal static class DictMethods
{
    public static readonly FrozenDictionary<string, BuiltIn> All = Methods.Table(
        BuiltIn.Of("get(self, key, default?)", c => Self(c).TryGet(c[1], out var value) ? value : c[2]),
        BuiltIn.Of("items(self)", c => new PyDictView(Self(c), DictPart.Items)),
        BuiltIn.Of("keys(self)", c => new PyDictView(Self(c), DictPart.Keys)),
        BuiltIn.Of("values(self)", c => new PyDictView(Self(c), DictPart.Values)),
        BuiltIn.Of("update(self, other?, **)", Update),
        BuiltIn.Of("pop(self, key, default?)", Pop),
        BuiltIn.Of("popitem(self)", PopItem),
        BuiltIn.Of("setdefault(self, key, default?)", SetDefault),
        BuiltIn.Of("copy(self)", c => Self(c).Copy()),
        BuiltIn.Of(
            "clear(self)",
            c =>
            {
                Self(c).Clear();
                return null;
            }
        ),
        BuiltIn.Of("fromkeys(self, keys, value?)", FromKeys)
    );

    /// <summary>Adds the entries of a mapping or of a sequence of pairs.</summary>
    public static void Update(PyDict dict, object? source, RenderContext context)
    {
        switch (source)
        {
            case Undefined undefined:
                throw undefined.Error();
            case PyDict other:
                foreach (var (key, value) in ReferenceEquals(other, dict) ? other.Copy() : other)
                {
                    dict[key] = value;
                }

                return;
        }

        foreach (var item in Iteration.ToList(source, context))
        {
            if (!Iteration.TryOver(item, out _))
            {
                throw PyError.Type("cannot convert dictionary update sequence element to a sequence of length 2");
            }

            var pair = Iteration.ToList(item, context);
            if (pair.Count != 2)
            {
                throw PyError.Value($"dictionary update sequence element has length {pair.Count}; 2 is required");
            }

            dict[pair[0]] = pair[1];
        }
    }

    private static PyDict Self(BuiltInCall call) => (PyDict)call[0]!;

    private static object? Update(BuiltInCall call)
    {
        if (call.Has(1))
        {
            Update(Self(call), call[1], call.Context);
        }

        foreach (var (name, value) in call.MoreNamed)
        {
            Self(call)[name] = value;
        }

        return null;
    }

    private static object? Pop(BuiltInCall call)
    {
        if (Self(call).TryGet(call[1], out var value))
        {
            Self(call).Remove(call[1]);
            return value;
        }

        return call.Has(2) ? call[2] : throw PyError.Value($"the key {PyText.Repr(call[1])} is not in the dict");
    }

    private static PyTuple PopItem(BuiltInCall call)
    {
        var dict = Self(call);
        if (dict.Count == 0)
        {
            throw PyError.Value("popitem(): dictionary is empty");
        }

        var last = dict.Count - 1;
        var pair = new PyTuple([dict.KeyAt(last), dict.ValueAt(last)]);
        dict.RemoveAt(last);
        return pair;
    }

    private static object? SetDefault(BuiltInCall call)
    {
        if (Self(call).TryGet(call[1], out var value))
        {
            return value;
        }

        Self(call)[call[1]] = call[2];
        return call[2];
    }

    private static PyDict FromKeys(BuiltInCall call)
    {
        var dict = new PyDict();
        foreach (var key in Iteration.ToList(call[1], call.Context))
        {
            dict[key] = call[2];
        }

        return dict;
    }
}
