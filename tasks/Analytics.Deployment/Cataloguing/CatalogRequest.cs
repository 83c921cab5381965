namespace Analytics.Deployment.Cataloguing;

/// <summary>What writing a catalog asks for.</summary>
public sealed record CatalogRequest : TargetRequest
{
    /// <summary>Where <c>catalog.json</c> is written.</summary>
    public required string ReportDirectory { get; init; }

    /// <summary>Which nodes and sources.</summary>
    public SelectionRequest Selection { get; init; } = SelectionRequest.All;
}

/// <summary>What writing a catalog gave.</summary>
/// <param name="File">The file that was written; null when there was an error, which was told.</param>
/// <param name="Nodes">How many models, seeds and snapshots are in it.</param>
/// <param name="Sources">How many tables of sources are in it.</param>
/// <param name="Missing">How many of the selected ones the database does not have.</param>
public sealed record CatalogReport(string? File, int Nodes, int Sources, int Missing);
