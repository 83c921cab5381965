using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Deployment;
using Analytics.Tasks.Logging;
using Analytics.Tasks.Publishing;
using Analytics.Tasks.Severities;
using Microsoft.Build.Framework;

namespace Analytics.Tasks;

/// <summary>
/// A command that talks to a target. No parameter is a secret, because all of them are in a binary log: what is secret comes from the
/// environment.
/// </summary>
public abstract class TargetTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    /// <summary>The project's folder, where <c>profiles.yml</c> is looked for first.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = string.Empty;

    /// <summary>The <c>.pgpac</c>.</summary>
    [Required]
    public string ArtifactPath { get; set; } = string.Empty;

    /// <summary>The target; empty for the profile's default.</summary>
    public string TargetName { get; set; } = string.Empty;

    /// <summary>Where <c>profiles.yml</c> is looked for next.</summary>
    public string UserProfilesDirectory { get; set; } = string.Empty;

    /// <summary>Where the private server of an embedded target keeps its data.</summary>
    [Required]
    public string EmbeddedServerDirectory { get; set; } = string.Empty;

    /// <summary>Folders of restored server packages.</summary>
    public ITaskItem[] EmbeddedServerPackages { get; set; } = [];

    /// <summary>The folder of the diagnostics' pages; a code without a page there gets no link.</summary>
    public string DiagnosticPagesDirectory { get; set; } = string.Empty;

    /// <summary>A YAML mapping, or empty.</summary>
    public string Vars { get; set; } = string.Empty;

    /// <summary>What the command does, for a message on a bug of ours: <c>The check of sources</c>.</summary>
    protected abstract string Title { get; }

    /// <inheritdoc />
    public override bool Execute()
    {
        using var termination = new TerminationGuard(Cancel);
        var diagnostics = new DiagnosticLogger(
            Log,
            new DiagnosticPages(DiagnosticPagesDirectory),
            new EditorConfigSeverities(),
            ProjectDirectory
        );
        try
        {
            var log = new LiveLog(BuildEngine);
            var succeeded = RunAsync(log, new LoggingObserver(log, diagnostics), cancellation.Token)
                .GetAwaiter()
                .GetResult();
            return succeeded && !Log.HasLoggedErrors;
        }
        catch (OperationCanceledException)
        {
            Log.LogError($"{Title} was cancelled.");
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
            diagnostics.Log(InternalDiagnostics.Failure(Title, exception));
            Log.LogMessage(MessageImportance.Low, exception.ToString());
            return false;
        }
    }

    /// <inheritdoc />
    public void Cancel() => cancellation.Cancel();

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the task holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            cancellation.Dispose();
        }
    }

    /// <summary>Does the work.</summary>
    /// <returns>False when it failed; then an error was logged.</returns>
    private protected abstract Task<bool> RunAsync(
        LiveLog log,
        IPublishObserver observer,
        CancellationToken cancellationToken
    );

    /// <summary>A request with what every command has.</summary>
    /// <param name="request">A request of the command's own.</param>
    private protected T Complete<T>(T request)
        where T : TargetRequest =>
        request with
        {
            ArtifactPath = Path.GetFullPath(Path.Combine(ProjectDirectory, ArtifactPath)),
            ProjectDirectory = ProjectDirectory,
            TargetName = TargetName.Length == 0 ? null : TargetName,
            UserProfilesDirectory = UserProfilesDirectory.Length == 0 ? null : UserProfilesDirectory,
            EmbeddedServerDirectory = EmbeddedServerDirectory,
            EmbeddedServerPackages = [.. EmbeddedServerPackages.Select(item => item.GetMetadata("FullPath"))],
            Vars = Vars,
            Environment = DotEnvFile.Over(ProcessEnvironment.Instance, ProjectDirectory),
        };
}
