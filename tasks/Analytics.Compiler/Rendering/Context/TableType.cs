using System.Numerics;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>agate's type of a column: packages ask it to make values fit for JSON.</summary>
/// <param name="name">agate's name of the type.</param>
internal sealed class TableType(string name) : IHostObject
{
    /// <summary>The type of a column by what it holds; a column of NULLs alone is text here.</summary>
    public static TableType Of(IReadOnlyList<object?> values)
    {
        var known = values.Where(value => value is not null).ToList();
        var name =
            known.Count == 0 ? "Text"
            : known.TrueForAll(value => value is long or BigInteger) ? "Integer"
            : known.TrueForAll(value => value is long or BigInteger or double) ? "Number"
            : known.TrueForAll(value => value is bool) ? "Boolean"
            : known.TrueForAll(value => value is string) ? "Text"
            : known.TrueForAll(value => PyText.Str(value).Length == "2024-01-01".Length) ? "Date"
            : "DateTime";
        return new TableType(name);
    }

    public string TypeName => name;

    public bool TryGetAttribute(string attribute, out object? value)
    {
        value = attribute == "jsonify" ? HostFunction.Create(attribute, args => Json(args.Optional(0, "d"))) : null;
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    public string AsText() => $"<agate.data_types.{name}>";

    // Dates and times are written in the form of ISO 8601.
    private object? Json(object? value) =>
        (name, value) switch
        {
            ("Number", long number) => (double)number,
            ("Number", BigInteger number) => (double)number,
            ("Date" or "DateTime", not null) => PyText.Str(value).Replace(' ', 'T'),
            _ => value,
        };
}
