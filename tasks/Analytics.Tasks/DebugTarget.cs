using Analytics.Deployment;
using Analytics.Deployment.Diagnosing;
using Analytics.Tasks.Publishing;

namespace Analytics.Tasks;

/// <summary><c>dotnet build -t:DebugTarget</c>: connects to a target and says what it is.</summary>
public sealed class DebugTarget : TargetTask
{
    /// <inheritdoc />
    protected override string Title => "The look at the target";

    private protected override async Task<bool> RunAsync(
        LiveLog log,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        var request = new DiagnosisRequest
        {
            ArtifactPath = ArtifactPath,
            ProjectDirectory = ProjectDirectory,
            EmbeddedServerDirectory = EmbeddedServerDirectory,
        };
        var report = await TargetDiagnosis
            .RunAsync(Complete(request), observer, cancellationToken)
            .ConfigureAwait(false);
        foreach (var fact in report.Facts)
        {
            log.Line($"  {fact.Name, -18} {fact.Value}");
        }

        return report.Succeeded;
    }
}
