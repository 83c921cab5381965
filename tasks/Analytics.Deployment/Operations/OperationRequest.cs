namespace Analytics.Deployment.Operations;

/// <summary>What running a macro asks for.</summary>
public sealed record OperationRequest : TargetRequest
{
    /// <summary>The macro's name, with its package and a dot in front where that matters.</summary>
    public required string Macro { get; init; }

    /// <summary>A YAML mapping of arguments, or empty.</summary>
    public string Arguments { get; init; } = string.Empty;

    /// <summary>Where <c>run_results.json</c> is written.</summary>
    public required string ReportDirectory { get; init; }
}
