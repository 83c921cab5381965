namespace Analytics.Compiler.Rendering.Context;

/// <summary>A row of a query: its values by place or by column name.</summary>
internal sealed class RowValue(IReadOnlyList<string> columns, IReadOnlyList<object?> values)
    : NamedSequence(columns, values)
{
    public override string TypeName => "Row";

    public override bool TryGetAttribute(string name, out object? value) =>
        base.TryGetAttribute(name, out value) || TryGetItem(name, out value);
}
