using Analytics.Compiler.Diagnostics;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Tests.Support;

/// <summary>Keeps what a publish told.</summary>
internal sealed class RecordingObserver : IPublishObserver
{
    public List<string> Messages { get; } = [];

    public List<NodeResult> Results { get; } = [];

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Called when a node starts, on the worker's thread.</summary>
    public Action<string>? OnStarted { get; set; }

    /// <summary>Called when a line comes.</summary>
    public Action<string>? OnProgress { get; set; }

    public IEnumerable<string> Errors =>
        Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.ToString());

    public string StatusOf(string name) => Results.Single(result => result.Name == name).Status.ToString();

    public void Progress(string message)
    {
        Messages.Add(message);
        OnProgress?.Invoke(message);
    }

    public void NodeStarted(string name) => OnStarted?.Invoke(name);

    public void NodeFinished(NodeResult result) => Results.Add(result);

    public void Diagnostic(Diagnostic diagnostic) => Diagnostics.Add(diagnostic);
}
