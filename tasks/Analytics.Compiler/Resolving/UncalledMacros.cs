using System.Collections.Frozen;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Rendering.Builtin;
using Analytics.Jinja;

namespace Analytics.Compiler.Resolving;

/// <summary>
/// Finds macros that stand in the place of one of dbt's which a publish has no use for: what they would do, it does itself. Macros of the project that
/// call them get them.
/// </summary>
internal static class UncalledMacros
{
    private const string Snapshots = "it makes snapshots by itself";
    private const string Seeds = "it copies seeds by itself";
    private const string Stored = "it makes and refreshes materialized views by itself";
    private const string Rights = "it carries privileges over by itself, and adds those of the config 'grants'";
    private const string Comments = "it writes comments by itself";
    private const string Columns = "it changes columns of incremental models by itself";
    private const string Relations = "it makes, moves and drops relations by itself";
    private const string Hooks = "it runs hooks by itself";
    private const string Functions = "it makes functions by itself";
    private const string Tests = "it counts what tests find by itself";

    private static readonly FrozenDictionary<string, string> Reasons = new (string Reason, string[] Names)[]
    {
        (
            Snapshots,
            [
                "snapshot_merge_sql",
                "build_snapshot_table",
                "build_snapshot_staging_table",
                "snapshot_staging_table",
                "snapshot_timestamp_strategy",
                "snapshot_check_strategy",
                "snapshot_hash_arguments",
                "snapshot_get_time",
                "snapshot_string_as_time",
                "post_snapshot",
                "create_columns",
            ]
        ),
        (
            Seeds,
            [
                "create_csv_table",
                "reset_csv_table",
                "load_csv_rows",
                "basic_load_csv_rows",
                "get_csv_sql",
                "get_binding_char",
                "get_batch_size",
            ]
        ),
        (
            Stored,
            [
                "get_create_materialized_view_as_sql",
                "get_alter_materialized_view_as_sql",
                "get_materialized_view_configuration_changes",
                "refresh_materialized_view",
                "update_indexes_on_materialized_view",
            ]
        ),
        (
            Rights,
            [
                "apply_grants",
                "get_show_grant_sql",
                "get_grant_sql",
                "get_revoke_sql",
                "get_dcl_statement_list",
                "call_dcl_statements",
                "copy_grants",
                "should_revoke",
            ]
        ),
        (Comments, ["persist_docs", "alter_relation_comment", "alter_column_comment"]),
        (
            Columns,
            [
                "process_schema_changes",
                "check_for_schema_changes",
                "sync_column_schemas",
                "alter_column_type",
                "alter_relation_add_remove_columns",
                "get_incremental_microbatch_sql",
            ]
        ),
        (
            Relations,
            [
                "create_schema",
                "drop_schema",
                "drop_relation",
                "drop_relation_if_exists",
                "rename_relation",
                "truncate_relation",
                "make_temp_relation",
                "make_intermediate_relation",
                "make_backup_relation",
                "create_indexes",
                "get_create_index_sql",
                "get_replace_sql",
                "get_drop_sql",
                "get_rename_sql",
                "get_create_sql",
                "list_schemas",
                "list_relations_without_caching",
                "check_schema_exists",
                "should_full_refresh",
                "get_catalog",
            ]
        ),
        (Hooks, ["run_hooks"]),
        (
            Functions,
            [
                "scalar_function_sql",
                "scalar_function_create_replace_signature_sql",
                "formatted_scalar_function_args_sql",
                "scalar_function_body_sql",
                "scalar_function_volatility_sql",
            ]
        ),
        (Tests, ["get_test_sql", "get_unit_test_sql", "should_store_failures"]),
    }
        .SelectMany(group => group.Names.Select(name => KeyValuePair.Create(name, group.Reason)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Materializations = new Dictionary<string, string>
    {
        ["seed"] = Seeds,
        ["snapshot"] = Snapshots,
        ["test"] = Tests,
        ["unit"] = Tests,
        ["function"] = Functions,
        ["clone"] = Relations,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reports those of the project, and of packages that it dispatches dbt's macros to.</summary>
    public static void Report(ProjectSource source, ICollection<Diagnostic> diagnostics)
    {
        var order = source.Root.Definition.Dispatch.GetValueOrDefault(BuiltinPackage.Name) ?? [];
        foreach (var package in source.All.Where(package => package == source.Root || order.Contains(package.Name)))
        {
            foreach (var macro in package.Macros)
            {
                if (ReasonOf(macro) is { } reason)
                {
                    diagnostics.Add(
                        MaterializationDiagnostics.NotCalled(
                            macro.NameSpan,
                            $"the {macro.Definition.Kind.ToString().ToLowerInvariant()} '{macro.Definition.Name}'",
                            reason
                        )
                    );
                }
            }
        }
    }

    private static string? ReasonOf(MacroResource macro) =>
        macro.Definition.Kind switch
        {
            BlockKinds.Materialization => macro.Definition.Adapter is "default" or "postgres"
                ? Materializations.GetValueOrDefault(macro.Definition.Name)
                : null,
            BlockKinds.Macro => Reasons.GetValueOrDefault(Bare(macro.Name)),
            _ => null,
        };

    private static string Bare(string name)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["postgres__", "default__"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return name[prefix.Length..];
            }
        }

        return name;
    }
}
