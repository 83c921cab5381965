namespace Analytics.Compiler.Loading.Shapes;

/// <summary>
/// The configs that mean something to dbt, to this SDK or to another adapter. A config may have any other name too (a
/// macro of the project may read it), so only a name that looks like one of these is doubted.
/// </summary>
internal static class ConfigKeys
{
    private static readonly string[] General =
    [
        "enabled",
        "tags",
        "meta",
        "group",
        "access",
        "docs",
        "alias",
        "schema",
        "database",
        "materialized",
        "persist_docs",
        "quoting",
        "full_refresh",
        "grants",
        "contract",
        "packages",
        "freshness",
        "event_time",
        "pre-hook",
        "post-hook",
        "pre_hook",
        "post_hook",
        "sql_header",
        "static_analysis",
        "on_error",
        "latest_version_pointer",
        "description",
        "severity",
    ];

    private static readonly string[] Models =
    [
        "unique_key",
        "on_schema_change",
        "on_configuration_change",
        "incremental_strategy",
        "incremental_predicates",
        "predicates",
        "merge_update_columns",
        "merge_exclude_columns",
        "batch_size",
        "begin",
        "lookback",
        "concurrent_batches",
        "unlogged",
        "indexes",
        "distributed_by",
    ];

    private static readonly string[] Seeds = ["column_types", "quote_columns", "delimiter"];

    private static readonly string[] Snapshots =
    [
        "strategy",
        "updated_at",
        "check_cols",
        "target_schema",
        "target_database",
        "hard_deletes",
        "invalidate_hard_deletes",
        "dbt_valid_to_current",
        "snapshot_meta_column_names",
    ];

    private static readonly string[] Sources = ["loaded_at_field", "loaded_at_query", "loader", "external"];

    /// <summary>Configs of a data test, which may also stand beside its arguments.</summary>
    public static readonly KeySet Test = KeySet.Of(
        "the config of a data test",
        "severity",
        "tags",
        "enabled",
        "where",
        "limit",
        "warn_if",
        "error_if",
        "fail_calc",
        "store_failures",
        "store_failures_as",
        "meta",
        "database",
        "schema",
        "alias",
        "sql_header"
    );

    private static readonly string[] Functions = ["type", "volatility", "runtime_version", "entry_point"];

    // Projects for several warehouses carry these; Postgres ignores them, as dbt's adapter does.
    private static readonly string[] OtherAdapters =
    [
        "auto_refresh",
        "backup",
        "bind",
        "dist",
        "sort",
        "sort_type",
        "cluster_by",
        "partition_by",
        "partitions",
        "require_partition_filter",
        "partition_expiration_days",
        "copy_partitions",
        "hours_to_expiration",
        "kms_key_name",
        "labels",
        "enable_refresh",
        "refresh_interval_minutes",
        "max_staleness",
        "transient",
        "query_tag",
        "copy_grants",
        "secure",
        "snowflake_warehouse",
        "target_lag",
        "automatic_clustering",
        "file_format",
        "location_root",
        "tblproperties",
        "liquid_clustered_by",
        "auto_liquid_cluster",
        "buckets",
        "clustered_by",
        "options",
        "submission_method",
        "python_version",
        "timeout",
        "engine",
        "order_by",
    ];

    /// <summary>Configs of everything.</summary>
    public static readonly KeySet All = KeySet.Of(
        "a config",
        [.. General, .. Models, .. Seeds, .. Snapshots, .. Sources, .. Functions, .. OtherAdapters, .. Test.Keys]
    );

    /// <summary>Configs whose value is a mapping, so that a mapping under this name is not a folder.</summary>
    public static readonly KeySet Mappings = KeySet.Of(
        "a config",
        "meta",
        "docs",
        "grants",
        "contract",
        "persist_docs",
        "quoting",
        "column_types",
        "freshness",
        "external",
        "snapshot_meta_column_names",
        "labels",
        "options",
        "partition_by",
        "tblproperties",
        "pre-hook",
        "post-hook",
        "latest_version_pointer"
    );
}
