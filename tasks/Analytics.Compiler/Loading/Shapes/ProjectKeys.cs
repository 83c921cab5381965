namespace Analytics.Compiler.Loading.Shapes;

/// <summary>The keys of <c>dbt_project.yml</c>.</summary>
internal static class ProjectKeys
{
    public static readonly KeySet Project = KeySet.Of(
        "dbt_project.yml",
        "name",
        "version",
        "config-version",
        "profile",
        "require-dbt-version",
        "model-paths",
        "source-paths",
        "seed-paths",
        "data-paths",
        "test-paths",
        "analysis-paths",
        "macro-paths",
        "snapshot-paths",
        "docs-paths",
        "asset-paths",
        "function-paths",
        "target-path",
        "log-path",
        "clean-targets",
        "packages-install-path",
        "modules-path",
        "quoting",
        "vars",
        "on-run-start",
        "on-run-end",
        "dispatch",
        "query-comment",
        "flags",
        "restrict-access",
        "models",
        "seeds",
        "snapshots",
        "sources",
        "tests",
        "data_tests",
        "unit_tests",
        "analyses",
        "exposures",
        "functions",
        "groups",
        "macros",
        "metrics",
        "semantic-models",
        "saved-queries",
        "dbt-cloud",
        "anchors"
    );

    public static readonly KeySet QueryComment = KeySet.Of("'query-comment'", "comment", "append", "job-label");

    public static readonly KeySet Vars = KeySet.Of("vars.yml", "vars");

    public static readonly KeySet Dispatch = KeySet.Of("an entry of 'dispatch'", "macro_namespace", "search_order");

    public static readonly KeySet Quoting = KeySet.Of(
        "'quoting'",
        "database",
        "schema",
        "identifier",
        "project",
        "snowflake_ignore_case"
    );

    public static readonly KeySet Hook = KeySet.Of("a hook", "sql", "transaction", "index");
}
