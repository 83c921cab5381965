using System.Runtime.InteropServices;
using Analytics.Deployment;
using Analytics.PublishHost;

// artifact, project folder, report folder: a publish in a process of its own, which a test can end as it likes.
var (artifact, project, reports) = (args[0], args[1], args[2]);
using var cancellation = new CancellationTokenSource();

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    cancellation.Cancel();
}

using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
var request = new PublishRequest
{
    ArtifactPath = artifact,
    ProjectDirectory = project,
    EmbeddedServerDirectory = Path.Combine(project, "postgres"),
    ReportDirectory = reports,
    Force = true,
};
var report = await Publisher.PublishAsync(request, new ConsoleObserver(), cancellation.Token);
return report.Succeeded ? 0 : 1;
