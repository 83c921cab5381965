using Analytics.Deployment;
using Microsoft.Build.Framework;

namespace Analytics.Tasks.Publishing;

/// <summary>An <c>AnalyticsPrePublish</c> item.</summary>
internal static class PrePublishItem
{
    /// <summary>The step it asks for. Without <c>Command</c> the item's own name is the program.</summary>
    /// <param name="item">The item.</param>
    /// <param name="projectDirectory">Where it runs unless it says otherwise; a relative <c>WorkingDirectory</c> is below it.</param>
    public static PrePublishStep ToStep(ITaskItem item, string projectDirectory)
    {
        var command = item.GetMetadata("Command");
        return new PrePublishStep(
            item.ItemSpec,
            command.Length == 0 ? item.ItemSpec : command,
            ArgumentLine.Split(item.GetMetadata("Arguments")),
            Path.GetFullPath(Path.Combine(projectDirectory, item.GetMetadata("WorkingDirectory")))
        );
    }
}
