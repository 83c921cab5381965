namespace Analytics.Compiler.Loading.Shapes;

/// <summary>The keys of the YAML files beside models, seeds and so on.</summary>
internal static class PropertyKeys
{
    /// <summary>Configs that may also stand beside <c>config:</c> of a model.</summary>
    public static readonly string[] ModelConfigs = ["access", "docs", "group", "meta", "tags"];

    /// <summary>As <see cref="ModelConfigs"/>, for seeds, snapshots and analyses.</summary>
    public static readonly string[] NodeConfigs = ["docs", "group", "meta", "tags"];

    /// <summary>As <see cref="ModelConfigs"/>, for what is no relation.</summary>
    public static readonly string[] OtherConfigs = ["docs", "enabled", "meta", "tags"];

    /// <summary>As <see cref="ModelConfigs"/>, for sources and their tables.</summary>
    public static readonly string[] SourceConfigs =
    [
        "event_time",
        "freshness",
        "loaded_at_field",
        "loaded_at_query",
        "meta",
        "tags",
    ];

    public static readonly KeySet File = KeySet.Of(
        "a properties file",
        "version",
        "models",
        "seeds",
        "snapshots",
        "sources",
        "macros",
        "analyses",
        "exposures",
        "groups",
        "tests",
        "data_tests",
        "unit_tests",
        "functions",
        "metrics",
        "semantic_models",
        "saved_queries",
        "anchors"
    );

    public static readonly KeySet Model = KeySet.Of(
        "a model",
        "name",
        "description",
        "columns",
        "config",
        "constraints",
        "tests",
        "data_tests",
        "docs",
        "access",
        "group",
        "latest_version",
        "versions",
        "deprecation_date",
        "meta",
        "tags",
        "time_spine",
        "semantic_model",
        "agg_time_dimension",
        "primary_entity",
        "derived_semantics",
        "metrics"
    );

    public static readonly KeySet Seed = KeySet.Of(
        "a seed",
        "name",
        "description",
        "columns",
        "config",
        "tests",
        "data_tests",
        "docs",
        "group",
        "meta",
        "tags"
    );

    public static readonly KeySet Snapshot = KeySet.Of(
        "a snapshot",
        "name",
        "relation",
        "description",
        "columns",
        "config",
        "tests",
        "data_tests",
        "docs",
        "group",
        "meta",
        "tags"
    );

    public static readonly KeySet Analysis = KeySet.Of(
        "an analysis",
        "name",
        "description",
        "columns",
        "config",
        "docs",
        "group",
        "meta",
        "tags"
    );

    public static readonly KeySet SingularTest = KeySet.Of(
        "a data test",
        "name",
        "description",
        "config",
        "docs",
        "meta",
        "tags"
    );

    public static readonly KeySet Macro = KeySet.Of(
        "a macro",
        "name",
        "description",
        "arguments",
        "config",
        "docs",
        "meta"
    );

    public static readonly KeySet MacroArgument = KeySet.Of("an argument of a macro", "name", "type", "description");

    public static readonly KeySet Function = KeySet.Of(
        "a function",
        "name",
        "description",
        "arguments",
        "returns",
        "overloads",
        "config",
        "docs",
        "group",
        "meta",
        "tags"
    );

    public static readonly KeySet FunctionArgument = KeySet.Of(
        "an argument of a function",
        "name",
        "data_type",
        "default_value",
        "description"
    );

    public static readonly KeySet Returns = KeySet.Of("'returns' of a function", "data_type", "description");

    public static readonly KeySet Exposure = KeySet.Of(
        "an exposure",
        "name",
        "label",
        "type",
        "maturity",
        "url",
        "description",
        "depends_on",
        "owner",
        "config",
        "enabled",
        "meta",
        "tags"
    );

    public static readonly KeySet Group = KeySet.Of("a group", "name", "owner", "description", "config", "meta");

    public static readonly KeySet UnitTest = KeySet.Of(
        "a unit test",
        "name",
        "model",
        "description",
        "given",
        "expect",
        "overrides",
        "versions",
        "config",
        "meta",
        "tags"
    );

    public static readonly KeySet Given = KeySet.Of("an input of a unit test", "input", "rows", "format", "fixture");

    public static readonly KeySet Expect = KeySet.Of("'expect' of a unit test", "rows", "format", "fixture");

    public static readonly KeySet Overrides = KeySet.Of("'overrides' of a unit test", "macros", "vars", "env_vars");

    public static readonly KeySet Column = KeySet.Of(
        "a column",
        "name",
        "description",
        "data_type",
        "quote",
        "tests",
        "data_tests",
        "constraints",
        "config",
        "docs",
        "meta",
        "tags",
        "policy_tags",
        "granularity",
        "dimension",
        "entity",
        "expression"
    );

    public static readonly KeySet Version = KeySet.Of(
        "a version of a model",
        "v",
        "defined_in",
        "alias",
        "columns",
        "config",
        "constraints",
        "description",
        "deprecation_date",
        "docs",
        "access",
        "group",
        "meta",
        "tags",
        "tests",
        "data_tests"
    );

    public static readonly KeySet Inclusion = KeySet.Of("the columns of a version", "include", "exclude");

    public static readonly KeySet Constraint = KeySet.Of(
        "a constraint",
        "type",
        "columns",
        "name",
        "expression",
        "to",
        "to_columns",
        "warn_unsupported",
        "warn_unenforced"
    );

    public static readonly KeySet Source = KeySet.Of(
        "a source",
        "name",
        "description",
        "database",
        "schema",
        "loader",
        "quoting",
        "freshness",
        "loaded_at_field",
        "loaded_at_query",
        "overrides",
        "tables",
        "config",
        "meta",
        "tags",
        "external"
    );

    public static readonly KeySet Table = KeySet.Of(
        "a source table",
        "name",
        "description",
        "identifier",
        "quoting",
        "loader",
        "freshness",
        "loaded_at_field",
        "loaded_at_query",
        "external",
        "columns",
        "tests",
        "data_tests",
        "config",
        "docs",
        "meta",
        "tags"
    );

    public static readonly KeySet Freshness = KeySet.Of(
        "'freshness'",
        "warn_after",
        "error_after",
        "filter",
        "build_after"
    );

    public static readonly KeySet FreshnessTime = KeySet.Of("a freshness limit", "count", "period", "updates_on");
}
