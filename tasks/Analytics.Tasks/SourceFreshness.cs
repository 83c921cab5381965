using System.Globalization;
using Analytics.Deployment;
using Analytics.Deployment.Freshness;
using Analytics.Tasks.Publishing;
using Microsoft.Build.Framework;

namespace Analytics.Tasks;

/// <summary><c>dotnet build -t:SourceFreshness</c>: says how old the sources are, and writes <c>sources.json</c>.</summary>
public sealed class SourceFreshness : SelectionTask
{
    /// <summary>Where <c>sources.json</c> is written.</summary>
    [Required]
    public string ReportDirectory { get; set; } = string.Empty;

    /// <summary>How many sources at once; empty for the target's own number.</summary>
    public string Threads { get; set; } = string.Empty;

    /// <inheritdoc />
    protected override string Title => "The check of sources";

    private protected override async Task<bool> RunAsync(
        LiveLog log,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        int? threads = null;
        if (Threads.Length > 0)
        {
            if (!int.TryParse(Threads, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                Log.LogError($"The property Threads must be a whole number above zero, not '{Threads}'.");
                return false;
            }

            threads = number;
        }

        var request = new FreshnessRequest
        {
            ArtifactPath = ArtifactPath,
            ProjectDirectory = ProjectDirectory,
            EmbeddedServerDirectory = EmbeddedServerDirectory,
            ReportDirectory = ReportDirectory,
            Selection = Selection,
            Threads = threads,
        };
        var report = await SourceFreshnessCheck
            .RunAsync(Complete(request), observer, cancellationToken)
            .ConfigureAwait(false);
        int Count(FreshnessStatus status) => report.Results.Count(result => result.Status == status);
        log.Line(
            FormattableString.Invariant(
                $"  Done. PASS={Count(FreshnessStatus.Pass)} WARN={Count(FreshnessStatus.Warn)} ERROR={Count(FreshnessStatus.Error) + Count(FreshnessStatus.RuntimeError)} TOTAL={report.Results.Length}"
            )
        );
        return report.Succeeded;
    }
}
