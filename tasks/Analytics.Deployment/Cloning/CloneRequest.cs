namespace Analytics.Deployment.Cloning;

/// <summary>What a clone asks for.</summary>
public sealed record CloneRequest : TargetRequest
{
    /// <summary>Which nodes; its state says where their relations are.</summary>
    public SelectionRequest Selection { get; init; } = SelectionRequest.All;

    /// <summary>Whether relations that are there are replaced.</summary>
    public bool FullRefresh { get; init; }
}

/// <summary>What a clone gave.</summary>
/// <param name="Succeeded">Whether everything is visible; if not, nothing was changed.</param>
/// <param name="Cloned">How many views were made.</param>
/// <param name="Kept">How many relations were there and stayed.</param>
/// <param name="Absent">How many nodes the state does not have.</param>
public sealed record CloneReport(bool Succeeded, int Cloned, int Kept, int Absent);
