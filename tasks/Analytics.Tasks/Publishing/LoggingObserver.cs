using Analytics.Compiler.Diagnostics;
using Analytics.Deployment;
using Analytics.Deployment.Reporting;
using Analytics.Tasks.Logging;

namespace Analytics.Tasks.Publishing;

/// <summary>Shows a publish while it runs: one line per node when it is done.</summary>
/// <param name="log">Where lines go.</param>
/// <param name="diagnostics">Where errors and warnings go.</param>
internal sealed class LoggingObserver(LiveLog log, DiagnosticLogger diagnostics) : IPublishObserver
{
    /// <inheritdoc />
    public void Progress(string message) => log.Line("  " + message);

    // The classic logger cannot take a line back: a node gets its one line when it is done.
    /// <inheritdoc />
    public void NodeStarted(string name) { }

    /// <inheritdoc />
    public void NodeFinished(NodeResult result) => log.Line(NodeLine.Live(result));

    /// <inheritdoc />
    public void Diagnostic(Diagnostic diagnostic) => diagnostics.Log(diagnostic);
}
