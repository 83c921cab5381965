namespace Analytics.Compiler.Loading.Shapes;

/// <summary>The keys of <c>selectors.yml</c>.</summary>
internal static class SelectorKeys
{
    public static readonly KeySet File = KeySet.Of("selectors.yml", "selectors", "version");

    public static readonly KeySet Selector = KeySet.Of("a selector", "name", "description", "default", "definition");

    public static readonly KeySet Criterion = KeySet.Of(
        "a criterion of a selector",
        "method",
        "value",
        "parents",
        "parents_depth",
        "children",
        "children_depth",
        "childrens_parents",
        "indirect_selection",
        "exclude"
    );

    public static readonly string[] Methods =
    [
        "access",
        "config",
        "exposure",
        "file",
        "fqn",
        "group",
        "metric",
        "package",
        "path",
        "resource_type",
        "result",
        "saved_query",
        "selector",
        "semantic_model",
        "source",
        "source_status",
        "state",
        "tag",
        "test_name",
        "test_type",
        "unit_test",
        "version",
    ];

    public static readonly string[] IndirectSelections = ["eager", "cautious", "buildable", "empty"];
}
