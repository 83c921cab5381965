using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>A column of a query's rows: <c>columns[0].values()</c>.</summary>
internal sealed class TableColumn(string name, long index, IReadOnlyList<object?> values) : NamedSequence([], values)
{
    public override string TypeName => "Column";

    public override bool TryGetAttribute(string attribute, out object? value)
    {
        value = attribute switch
        {
            "name" => name,
            "index" => index,
            "data_type" => TableType.Of(Values),
            "values_distinct" => HostFunction.Create(attribute, _ => new PyTuple(Distinct())),
            "values_without_nulls" => HostFunction.Create(
                attribute,
                _ => new PyTuple(Values.Where(item => item is not null))
            ),
            _ => null,
        };
        return value is not null || base.TryGetAttribute(attribute, out value);
    }

    private IEnumerable<object?> Distinct() => new PySet(Values);
}
