using Analytics.Deployment;
using Analytics.Deployment.Operations;
using Analytics.Tasks.Publishing;
using Microsoft.Build.Framework;

namespace Analytics.Tasks;

/// <summary><c>dotnet build -t:RunOperation</c>: runs a macro on a target.</summary>
public sealed class RunOperation : TargetTask
{
    /// <summary>The macro's name, with its package and a dot in front where that matters.</summary>
    public string Macro { get; set; } = string.Empty;

    /// <summary>A YAML mapping of arguments, or empty.</summary>
    public string Args { get; set; } = string.Empty;

    /// <summary>Where <c>run_results.json</c> is written.</summary>
    [Required]
    public string ReportDirectory { get; set; } = string.Empty;

    /// <inheritdoc />
    protected override string Title => "The macro";

    private protected override async Task<bool> RunAsync(
        LiveLog log,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        if (Macro.Length == 0)
        {
            Log.LogError("The property Macro must name the macro to run: -p:Macro=<name>.");
            return false;
        }

        var request = new OperationRequest
        {
            ArtifactPath = ArtifactPath,
            ProjectDirectory = ProjectDirectory,
            EmbeddedServerDirectory = EmbeddedServerDirectory,
            ReportDirectory = ReportDirectory,
            Macro = Macro.Trim(),
            Arguments = Args,
        };
        return await MacroOperation.RunAsync(Complete(request), observer, cancellationToken).ConfigureAwait(false);
    }
}
