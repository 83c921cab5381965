using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Deployment.Listing;
using Analytics.Tasks.Logging;
using Analytics.Tasks.Publishing;
using Analytics.Tasks.Severities;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Analytics.Tasks;

/// <summary><c>dotnet build -t:ListSelection</c>: prints which nodes a selection means. Needs no database.</summary>
public sealed class ListSelection : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    /// <summary>The project's folder, where <c>profiles.yml</c> is looked for first.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = string.Empty;

    /// <summary>The <c>.pgpac</c>.</summary>
    [Required]
    public string ArtifactPath { get; set; } = string.Empty;

    /// <summary>The target whose names count; empty for the profile's default.</summary>
    public string TargetName { get; set; } = string.Empty;

    /// <summary>Where <c>profiles.yml</c> is looked for next.</summary>
    public string UserProfilesDirectory { get; set; } = string.Empty;

    /// <summary>The folder of the diagnostics' pages; a code without a page there gets no link.</summary>
    public string DiagnosticPagesDirectory { get; set; } = string.Empty;

    /// <summary>A YAML mapping, or empty.</summary>
    public string Vars { get; set; } = string.Empty;

    /// <summary>Which nodes, in dbt's grammar; empty for all.</summary>
    public string Select { get; set; } = string.Empty;

    /// <summary>Which nodes not, in dbt's grammar; empty for none.</summary>
    public string Exclude { get; set; } = string.Empty;

    /// <summary>The name of a selector of <c>selectors.yml</c>; empty for none.</summary>
    public string Selector { get; set; } = string.Empty;

    /// <summary>Which tests come with a node: <c>eager</c>, <c>cautious</c>, <c>buildable</c> or <c>empty</c>; empty for eager.</summary>
    public string IndirectSelection { get; set; } = string.Empty;

    /// <summary>dbt's words for kinds of resources, with blanks between; empty for all.</summary>
    public string ResourceType { get; set; } = string.Empty;

    /// <summary>dbt's words for kinds of resources, with blanks between; empty for none.</summary>
    public string ExcludeResourceType { get; set; } = string.Empty;

    /// <summary>The folder, manifest or artifact that <c>state:</c> and <c>result:</c> compare with; empty for none.</summary>
    public string State { get; set; } = string.Empty;

    /// <summary>What a line shows: <c>name</c>, <c>selector</c>, <c>path</c> or <c>json</c>; empty for the selector.</summary>
    public string OutputFormat { get; set; } = string.Empty;

    /// <summary>Whether the SQL of the nodes is printed instead, with the names that it has on the target.</summary>
    public bool Compiles { get; set; }

    /// <summary>The selected nodes: unique ids, with the metadata <c>Name</c>, <c>Selector</c>, <c>ResourceType</c> and <c>Path</c>.</summary>
    [Output]
    public ITaskItem[] Selected { get; private set; } = [];

    /// <inheritdoc />
    public override bool Execute()
    {
        var diagnostics = new DiagnosticLogger(
            Log,
            new DiagnosticPages(DiagnosticPagesDirectory),
            new EditorConfigSeverities(),
            ProjectDirectory
        );
        try
        {
            return List(diagnostics);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.LogError(exception.Message);
            return false;
        }
        catch (Exception exception)
        {
            // MSBuild would print a stack trace, which helps nobody who writes SQL.
            diagnostics.Log(InternalDiagnostics.Failure("The listing", exception));
            Log.LogMessage(MessageImportance.Low, exception.ToString());
            return false;
        }
    }

    /// <inheritdoc />
    public void Cancel() => cancellation.Cancel();

    /// <inheritdoc />
    public void Dispose() => cancellation.Dispose();

    private bool List(DiagnosticLogger diagnostics)
    {
        if (OutputFormat.Length > 0 && !ListedNode.Outputs.Contains(OutputFormat, StringComparer.Ordinal))
        {
            Log.LogError(
                $"The property output must be one of {string.Join(", ", ListedNode.Outputs)}, not '{OutputFormat}'."
            );
            return false;
        }

        var properties = new SelectionProperties(
            Select,
            Exclude,
            Selector,
            Compiles && IndirectSelection.Length == 0 ? "empty" : IndirectSelection,
            ResourceType,
            ExcludeResourceType,
            State
        );
        var result = SelectionListing.List(
            new ListingRequest(
                Path.GetFullPath(Path.Combine(ProjectDirectory, ArtifactPath)),
                ProjectDirectory,
                UserProfilesDirectory.Length == 0 ? null : UserProfilesDirectory,
                TargetName.Length == 0 ? null : TargetName,
                Vars,
                DotEnvFile.Over(ProcessEnvironment.Instance, ProjectDirectory),
                properties.ToRequest(ProjectDirectory, ArtifactPath)
            )
            {
                Compiles = Compiles,
            },
            cancellation.Token
        );
        foreach (var diagnostic in result.Diagnostics)
        {
            diagnostics.Log(diagnostic);
        }

        var log = new LiveLog(BuildEngine);
        foreach (var node in result.Nodes)
        {
            foreach (var line in Lines(node))
            {
                log.Line(line);
            }
        }

        Selected = [.. result.Nodes.Select(Item)];
        return !Log.HasLoggedErrors;
    }

    private IEnumerable<string> Lines(ListedNode node)
    {
        if (!Compiles)
        {
            return [node.Line(OutputFormat)];
        }

        return node.Sql is { } sql ? [$"Compiled node '{node.Name}' is:", .. sql.Trim().Split('\n'), string.Empty] : [];
    }

    private static TaskItem Item(ListedNode node) =>
        new(
            node.UniqueId,
            new Dictionary<string, string>
            {
                ["Name"] = node.Name,
                ["Selector"] = node.Selector,
                ["ResourceType"] = node.ResourceType,
                ["Path"] = node.Path,
            }
        );
}
