namespace Analytics.Deployment.Planning.Selection.Matching;

/// <summary>dbt's words for kinds of resources.</summary>
internal static class ResourceWords
{
    /// <summary>All that dbt knows; those that a project here cannot have match nothing.</summary>
    public static readonly string[] All =
    [
        "analysis",
        "exposure",
        "function",
        "metric",
        "model",
        "saved_query",
        "seed",
        "semantic_model",
        "snapshot",
        "source",
        "test",
        "unit_test",
    ];
}
