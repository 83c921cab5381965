namespace Analytics.Deployment;

/// <summary>Which nodes of a project are meant. What is empty says nothing.</summary>
public sealed record SelectionRequest
{
    /// <summary>Everything that can be selected.</summary>
    public static SelectionRequest All { get; } = new();

    /// <summary>dbt's <c>--select</c>; empty for every node, or for what a default selector of <c>selectors.yml</c> selects.</summary>
    public string Select { get; init; } = string.Empty;

    /// <summary>dbt's <c>--exclude</c>.</summary>
    public string Exclude { get; init; } = string.Empty;

    /// <summary>The name of a selector of <c>selectors.yml</c>; it goes with neither <see cref="Select"/> nor <see cref="Exclude"/>.</summary>
    public string Selector { get; init; } = string.Empty;

    /// <summary>Which tests come with a node: <c>eager</c> (the default), <c>cautious</c>, <c>buildable</c> or <c>empty</c>.</summary>
    public string IndirectSelection { get; init; } = string.Empty;

    /// <summary>dbt's words for kinds of resources, with blanks or commas between; nothing else is left in the result.</summary>
    public string ResourceTypes { get; init; } = string.Empty;

    /// <summary>As <see cref="ResourceTypes"/>; these are taken out of the result.</summary>
    public string ExcludeResourceTypes { get; init; } = string.Empty;

    /// <summary>
    /// What <c>state:</c> and <c>result:</c> compare with: a folder with <c>manifest.json</c> and <c>run_results.json</c>, a manifest, or
    /// an artifact, beside which the results may lie. Null for nothing.
    /// </summary>
    public string? StatePath { get; init; }

    /// <summary>The folder with the last <c>sources.json</c>, which <c>source_status:</c> compares with the earlier one; null for none.</summary>
    public string? ReportsPath { get; init; }

    /// <summary>
    /// The target whose last publishes <c>state:</c> compares with: it keeps the manifest that it was published from. Null for none; it goes
    /// with no <see cref="StatePath"/>.
    /// </summary>
    public string? StateTarget { get; init; }
}
