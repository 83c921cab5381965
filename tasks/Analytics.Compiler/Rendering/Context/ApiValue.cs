using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>api</c>: the classes <c>Relation</c> and <c>Column</c>.</summary>
internal static class ApiValue
{
    public static FrozenMapping Instance { get; } =
        new(new PyDict { { "Relation", RelationClass.Instance }, { "Column", ColumnClass.Instance } });
}
