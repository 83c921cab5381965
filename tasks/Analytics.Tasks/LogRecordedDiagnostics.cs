using Analytics.Tasks.Logging;
using Analytics.Tasks.State;
using Microsoft.Build.Framework;

namespace Analytics.Tasks;

/// <summary>Says the warnings of the last build again when the artifact is up to date.</summary>
public sealed class LogRecordedDiagnostics : Microsoft.Build.Utilities.Task
{
    /// <summary>What <see cref="CompileAnalytics"/> recorded.</summary>
    [Required]
    public ITaskItem[] Diagnostics { get; set; } = [];

    /// <summary>As in <see cref="CompileAnalytics"/>.</summary>
    public string DiagnosticPagesDirectory { get; set; } = string.Empty;

    /// <inheritdoc />
    public override bool Execute()
    {
        var pages = new DiagnosticPages(DiagnosticPagesDirectory);
        foreach (var item in Diagnostics)
        {
            BuildState.Read(item).LogAsWarning(Log, pages);
        }

        return !Log.HasLoggedErrors;
    }
}
