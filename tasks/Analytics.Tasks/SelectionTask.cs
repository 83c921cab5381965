using Analytics.Deployment;
using Analytics.Tasks.Publishing;

namespace Analytics.Tasks;

/// <summary>A command that talks to a target about some nodes.</summary>
public abstract class SelectionTask : TargetTask
{
    /// <summary>Which nodes, in dbt's grammar; empty for all.</summary>
    public string Select { get; set; } = string.Empty;

    /// <summary>Which nodes not, in dbt's grammar; empty for none.</summary>
    public string Exclude { get; set; } = string.Empty;

    /// <summary>The name of a selector of <c>selectors.yml</c>; empty for none.</summary>
    public string Selector { get; set; } = string.Empty;

    /// <summary>Which tests come with a node: <c>eager</c>, <c>cautious</c>, <c>buildable</c> or <c>empty</c>; empty for eager.</summary>
    public string IndirectSelection { get; set; } = string.Empty;

    /// <summary>dbt's words for kinds of resources, with blanks between; empty for all.</summary>
    public string ResourceType { get; set; } = string.Empty;

    /// <summary>dbt's words for kinds of resources, with blanks between; empty for none.</summary>
    public string ExcludeResourceType { get; set; } = string.Empty;

    /// <summary>The folder, manifest or artifact of an earlier state; empty for none.</summary>
    public string State { get; set; } = string.Empty;

    /// <summary>What is selected.</summary>
    private protected SelectionRequest Selection =>
        new SelectionProperties(
            Select,
            Exclude,
            Selector,
            IndirectSelection,
            ResourceType,
            ExcludeResourceType,
            State
        ).ToRequest(ProjectDirectory, ArtifactPath);
}
