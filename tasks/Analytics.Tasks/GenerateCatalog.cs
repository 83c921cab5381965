using Analytics.Deployment;
using Analytics.Deployment.Cataloguing;
using Analytics.Tasks.Publishing;
using Microsoft.Build.Framework;

namespace Analytics.Tasks;

/// <summary><c>dotnet build -t:GenerateCatalog</c>: writes <c>catalog.json</c>, what a target has of the project.</summary>
public sealed class GenerateCatalog : SelectionTask
{
    /// <summary>Where <c>catalog.json</c> is written.</summary>
    [Required]
    public string ReportDirectory { get; set; } = string.Empty;

    /// <inheritdoc />
    protected override string Title => "The catalog";

    private protected override async Task<bool> RunAsync(
        LiveLog log,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        var request = new CatalogRequest
        {
            ArtifactPath = ArtifactPath,
            ProjectDirectory = ProjectDirectory,
            EmbeddedServerDirectory = EmbeddedServerDirectory,
            ReportDirectory = ReportDirectory,
            Selection = Selection,
        };
        var report = await CatalogGeneration
            .RunAsync(Complete(request), observer, cancellationToken)
            .ConfigureAwait(false);
        if (report.File is { } file)
        {
            log.Line(
                FormattableString.Invariant(
                    $"  Catalog of {report.Nodes} nodes and {report.Sources} sources: {file} ({report.Missing} are not in the database)"
                )
            );
        }

        return report.File is not null;
    }
}
