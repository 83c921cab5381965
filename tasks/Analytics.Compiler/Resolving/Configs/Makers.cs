using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.Builtin;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>
/// Finds the macro that makes a model's relation: a materialization of the project, or one of the SDK's own that calls what the project has
/// put in the place of a part of dbt's. Without either a publish makes the relation itself.
/// </summary>
/// <param name="macros">All macros.</param>
/// <param name="package">The package of the model.</param>
internal sealed class Makers(MacroLibrary macros, string package)
{
    private static readonly string[] Table = ["create_table_as", "get_create_table_as_sql"];
    private static readonly string[] View = ["create_view_as", "get_create_view_as_sql"];
    private static readonly string[] Append = ["get_incremental_append_sql", "get_insert_into_sql"];
    private static readonly string[] Delete = ["get_incremental_delete_insert_sql", "get_delete_insert_merge_sql"];
    private static readonly string[] Merge = ["get_incremental_merge_sql", "get_merge_sql", "get_merge_update_columns"];

    /// <summary>The project's own materialization of a name; null when it has none.</summary>
    public MaterializationMacro? Materialization(string name) =>
        macros.FindMaterialization(name) is { } found
            ? new MaterializationMacro(found.Package, found.Name, ReadsOld: true)
            : null;

    /// <summary>What makes a table; null for the publish itself.</summary>
    public MaterializationMacro? OfTable() => Own("publish_table", false, Table);

    /// <summary>What makes a view; null for the publish itself.</summary>
    public MaterializationMacro? OfView() => Own("publish_view", false, View);

    /// <summary>What makes an incremental model of one of dbt's strategies; null for the publish itself.</summary>
    /// <param name="strategy">The strategy that applies.</param>
    public MaterializationMacro? OfIncremental(IncrementalStrategy strategy) =>
        Own(
            "publish_incremental",
            true,
            [
                .. Table,
                "get_incremental_default_sql",
                .. strategy switch
                {
                    IncrementalStrategy.Append => Append,
                    IncrementalStrategy.DeleteInsert => Delete,
                    _ => Merge,
                },
            ]
        );

    /// <summary>What makes an incremental model of a strategy of the project's own; null when there is no macro for it.</summary>
    public MaterializationMacro? OfStrategy(string strategy)
    {
        var name = $"get_incremental_{strategy.Replace('+', '_')}_sql";
        return macros.Resolve(package, name) is null
            ? null
            : new MaterializationMacro(BuiltinPackage.Name, "publish_incremental", ReadsOld: true);
    }

    private MaterializationMacro? Own(string maker, bool readsOld, IEnumerable<string> parts) =>
        parts.Any(part => macros.IsReplaced(package, part))
            ? new MaterializationMacro(BuiltinPackage.Name, maker, readsOld)
            : null;
}
