using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>api</c>: the classes <c>Relation</c> and <c>Column</c>.</summary>
internal static class ApiValue
{
    public static FrozenMapping For(RenderSession session) =>
        new(new PyDict { { "Relation", new RelationClass(session) }, { "Column", ColumnClass.Instance } });
}
