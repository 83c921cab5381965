using Analytics.Compiler.Diagnostics;
using Analytics.Deployment;
using Analytics.Deployment.Reporting;

namespace Analytics.PublishHost;

/// <summary>Writes a line for all that happens.</summary>
internal sealed class ConsoleObserver : IPublishObserver
{
    public void Progress(string message) => Console.WriteLine(message);

    public void NodeStarted(string name) => Console.WriteLine($"start {name}");

    public void NodeFinished(NodeResult result) => Console.WriteLine($"{result.Status} {result.Name}");

    public void Diagnostic(Diagnostic diagnostic) => Console.WriteLine(diagnostic);
}
