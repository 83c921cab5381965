using Analytics.Deployment;

namespace Analytics.Tasks.Publishing;

/// <summary>The properties that select nodes, as MSBuild gives them: empty for what nobody set.</summary>
/// <param name="Select">dbt's <c>--select</c>.</param>
/// <param name="Exclude">dbt's <c>--exclude</c>.</param>
/// <param name="Selector">dbt's <c>--selector</c>.</param>
/// <param name="IndirectSelection">dbt's <c>--indirect-selection</c>.</param>
/// <param name="ResourceType">dbt's <c>--resource-type</c>, several with blanks between.</param>
/// <param name="ExcludeResourceType">dbt's <c>--exclude-resource-type</c>.</param>
/// <param name="State">dbt's <c>--state</c>; relative to the project's folder.</param>
internal sealed record SelectionProperties(
    string Select,
    string Exclude,
    string Selector,
    string IndirectSelection,
    string ResourceType,
    string ExcludeResourceType,
    string State
)
{
    /// <summary>The request; reports lie beside the artifact.</summary>
    public SelectionRequest ToRequest(string projectDirectory, string artifactPath) =>
        new()
        {
            Select = Select,
            Exclude = Exclude,
            Selector = Selector.Trim(),
            IndirectSelection = IndirectSelection.Trim(),
            ResourceTypes = ResourceType,
            ExcludeResourceTypes = ExcludeResourceType,
            StatePath = State.Length == 0 ? null : Path.GetFullPath(Path.Combine(projectDirectory, State)),
            ReportsPath = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(projectDirectory, artifactPath))),
        };
}
