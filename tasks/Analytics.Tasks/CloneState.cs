using Analytics.Deployment;
using Analytics.Deployment.Cloning;
using Analytics.Tasks.Publishing;

namespace Analytics.Tasks;

/// <summary><c>dotnet build -t:Clone</c>: makes views in a target over the relations of another state.</summary>
public sealed class CloneState : SelectionTask
{
    /// <summary><c>true</c> also replaces relations that are there; empty means false.</summary>
    public string FullRefresh { get; set; } = string.Empty;

    /// <inheritdoc />
    protected override string Title => "The clone";

    private protected override async Task<bool> RunAsync(
        LiveLog log,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        if (State.Length == 0)
        {
            Log.LogError("Say what to clone: -p:State=<folder with manifest.json, manifest or artifact>.");
            return false;
        }

        var fullRefresh = false;
        if (FullRefresh.Length > 0 && !bool.TryParse(FullRefresh, out fullRefresh))
        {
            Log.LogError($"The property FullRefresh must be true or false, not '{FullRefresh}'.");
            return false;
        }

        var request = new CloneRequest
        {
            ArtifactPath = ArtifactPath,
            ProjectDirectory = ProjectDirectory,
            EmbeddedServerDirectory = EmbeddedServerDirectory,
            Selection = Selection,
            FullRefresh = fullRefresh,
        };
        var report = await StateClone.RunAsync(Complete(request), observer, cancellationToken).ConfigureAwait(false);
        if (report.Succeeded)
        {
            log.Line(
                FormattableString.Invariant(
                    $"  Done. CLONED={report.Cloned} KEPT={report.Kept} WITHOUT={report.Absent}"
                )
            );
        }

        return report.Succeeded;
    }
}
