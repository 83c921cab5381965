using System.Globalization;
using Analytics.Deployment;
using Analytics.Deployment.Showing;
using Analytics.Tasks.Publishing;

namespace Analytics.Tasks;

/// <summary><c>dotnet build -t:Show</c>: prints the first rows of nodes or of a query, as they are on a target.</summary>
public sealed class Show : SelectionTask
{
    private const int DefaultLimit = 5;

    /// <summary>A query, a template that may refer to everything; empty for none.</summary>
    public string Inline { get; set; } = string.Empty;

    /// <summary>How many rows at most; a number below zero for all, empty for five.</summary>
    public string Limit { get; set; } = string.Empty;

    /// <summary><c>json</c>, or <c>text</c> for a table; empty for a table.</summary>
    public string OutputFormat { get; set; } = string.Empty;

    /// <inheritdoc />
    protected override string Title => "Showing rows";

    private protected override async Task<bool> RunAsync(
        LiveLog log,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        if (OutputFormat is not ("" or "text" or "json"))
        {
            Log.LogError($"The property output must be text or json, not '{OutputFormat}'.");
            return false;
        }

        if (Inline.Length == 0 && Select.Length == 0 && Selector.Length == 0)
        {
            Log.LogError("Say what to show: -p:Select=<nodes>, or -p:Inline=<query>.");
            return false;
        }

        if (!TryLimit(out var limit))
        {
            return false;
        }

        var request = new ShowRequest
        {
            ArtifactPath = ArtifactPath,
            ProjectDirectory = ProjectDirectory,
            EmbeddedServerDirectory = EmbeddedServerDirectory,
            // As dbt: the tests of a node are shown when they are selected themselves.
            Selection = IndirectSelection.Length == 0 ? Selection with { IndirectSelection = "empty" } : Selection,
            Inline = Inline.Length == 0 ? null : Inline,
            Limit = limit,
        };
        var report = await RowPreview.RunAsync(Complete(request), observer, cancellationToken).ConfigureAwait(false);
        foreach (var line in report.Tables.SelectMany(Lines))
        {
            log.Line(line);
        }

        return report.Succeeded;
    }

    private IEnumerable<string> Lines(ShownTable table)
    {
        if (OutputFormat == "json")
        {
            return ShownJson.Write(table).Split('\n');
        }

        var title = table.Name is { } name ? $"Previewing node '{name}':" : "Previewing inline node:";
        return [title, .. TextTable.Lines(table)];
    }

    private bool TryLimit(out int? limit)
    {
        limit = DefaultLimit;
        if (Limit.Length == 0)
        {
            return true;
        }

        if (!int.TryParse(Limit, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Log.LogError($"The property Limit must be a whole number, not '{Limit}'.");
            return false;
        }

        limit = number < 0 ? null : number;
        return true;
    }
}
