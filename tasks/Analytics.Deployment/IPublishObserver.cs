using Analytics.Compiler.Diagnostics;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment;

/// <summary>Hears what a publish does while it does it. Called from many threads, one call at a time.</summary>
public interface IPublishObserver
{
    /// <summary>A line that is worth reading as it comes: a server that starts, rows that land, a wait for a lock.</summary>
    public void Progress(string message);

    /// <summary>A node is being worked on.</summary>
    /// <param name="name">For example <c>table gold.dim_pickup_zone</c>.</param>
    public void NodeStarted(string name);

    /// <summary>A node is done, whatever its status.</summary>
    /// <param name="result">Its result; <c>result.Position</c> of <c>result.Total</c> are done.</param>
    public void NodeFinished(NodeResult result);

    /// <summary>Something to report as an error or a warning, at the author's line where there is one.</summary>
    public void Diagnostic(Diagnostic diagnostic);
}
