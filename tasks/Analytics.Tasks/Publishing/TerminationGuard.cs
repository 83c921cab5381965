using System.Runtime.InteropServices;

namespace Analytics.Tasks.Publishing;

/// <summary>
/// Gives a publish the time to roll back when somebody ends the process with SIGTERM, as schedulers do. MSBuild hears of
/// Ctrl+C only; <c>dotnet</c> answers SIGTERM with an exit of its own, code 0, which would call a publish that was cut off
/// a success.
/// </summary>
internal sealed class TerminationGuard : IDisposable
{
    // Shorter than the time after which common schedulers kill.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private const int TerminatedExitCode = 128 + 15;

    private readonly Action cancel;
    private readonly ManualResetEventSlim finished = new();
    private readonly PosixSignalRegistration registration;

    /// <summary>Watches until disposed.</summary>
    /// <param name="cancel">Asks the publish to stop; may be called more than once, from any thread.</param>
    public TerminationGuard(Action cancel)
    {
        this.cancel = cancel;
        registration = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            context =>
            {
                context.Cancel = true;
                cancel();
            }
        );
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        registration.Dispose();
        finished.Set();
    }

    private void OnProcessExit(object? sender, EventArgs arguments)
    {
        cancel();
        finished.Wait(Patience);
        Environment.ExitCode = TerminatedExitCode;
    }
}
