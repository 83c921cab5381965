using System.Collections.Immutable;
using Analytics.Compiler.Rendering;

namespace Analytics.Deployment.Applying.Hooks;

/// <summary>Answers the templates of hooks, which know final names only, from where the relations are now.</summary>
/// <param name="warehouse">Who answers.</param>
/// <param name="names">Where relations are.</param>
internal sealed class TranslatingWarehouse(IWarehouse warehouse, NameTranslation names) : IWarehouse
{
    public bool CanWrite => warehouse.CanWrite;

    public string? RelationKind(string schema, string identifier)
    {
        var now = names.Of(schema, identifier);
        return warehouse.RelationKind(now.Schema, now.Identifier);
    }

    public ImmutableArray<WarehouseColumn> Columns(string schema, string identifier)
    {
        var now = names.Of(schema, identifier);
        return warehouse.Columns(now.Schema, now.Identifier);
    }

    public WarehouseRows Query(string sql) => warehouse.Query(names.Of(sql));
}
