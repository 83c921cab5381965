using System.Buffers;
using Analytics.Compiler;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Parsing;
using Analytics.Tasks.Logging;
using Analytics.Tasks.Severities;
using Analytics.Tasks.State;
using Microsoft.Build.Framework;

namespace Analytics.Tasks;

/// <summary><c>dotnet build</c>: compiles a project and writes its artifact. Needs no database.</summary>
public sealed class CompileAnalytics : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    /// <summary>The project's folder.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = string.Empty;

    /// <summary>The project file's name without extension, used where <c>dbt_project.yml</c> names none.</summary>
    [Required]
    public string ProjectName { get; set; } = string.Empty;

    /// <summary>Folders of packages. The metadata <c>Id</c> orders them; without it the folder's own name does.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    /// <summary>The target that the build is checked against; empty for the profile's default.</summary>
    public string TargetName { get; set; } = string.Empty;

    /// <summary>A YAML mapping, or empty.</summary>
    public string Vars { get; set; } = string.Empty;

    /// <summary>Where <c>profiles.yml</c> is looked for after the project's folder.</summary>
    public string UserProfilesDirectory { get; set; } = string.Empty;

    /// <summary>The folder of the diagnostics' pages; a code without a page there gets no link.</summary>
    public string DiagnosticPagesDirectory { get; set; } = string.Empty;

    /// <summary>Where the <c>.pgpac</c> is written. Not touched when there is an error.</summary>
    [Required]
    public string ArtifactPath { get; set; } = string.Empty;

    /// <summary>Where dbt's <c>manifest.json</c> is written. Not touched when there is an error.</summary>
    [Required]
    public string ManifestPath { get; set; } = string.Empty;

    /// <summary>Where the props file is written that tells the next build about this one.</summary>
    [Required]
    public string StatePath { get; set; } = string.Empty;

    /// <summary>Where the build keeps what the next one need not parse again; it may be absent.</summary>
    [Required]
    public string ParseCachePath { get; set; } = string.Empty;

    /// <summary>True when the task ran: MSBuild cannot say otherwise that it found the artifact up to date.</summary>
    [Output]
    public bool Compiled { get; private set; }

    /// <summary>Folders of packages that only the project's YAML names: what changes below them changes the project.</summary>
    [Output]
    public ITaskItem[] WatchedFolders { get; private set; } = [];

    /// <inheritdoc />
    public override bool Execute()
    {
        Compiled = true;
        try
        {
            return Compile();
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
            Logger(new EditorConfigSeverities()).Log(InternalDiagnostics.Failure("The build", exception));
            Log.LogMessage(MessageImportance.Low, exception.ToString());
            return false;
        }
    }

    /// <inheritdoc />
    public void Cancel() => cancellation.Cancel();

    /// <inheritdoc />
    public void Dispose() => cancellation.Dispose();

    private bool Compile()
    {
        ProjectBuilder.Prepare();
        var environment = new RecordingEnvironment();
        var severities = new EditorConfigSeverities();
        var logger = Logger(severities);
        var input = PackageFolders.Read(ProjectDirectory, ProjectName, Packages, out var watched);
        using var pause = CollectionPause.Begin(
            input.Root.Files.Length + input.Packages.Sum(package => package.Files.Length)
        );
        var result = ProjectBuilder.Build(
            new BuildRequest(
                input,
                TargetName.Length == 0 ? null : TargetName,
                Vars,
                DotEnvFile.Over(environment, ProjectDirectory),
                UserProfilesDirectory.Length == 0 ? null : UserProfilesDirectory,
                ReadParseCache()
            ),
            cancellation.Token
        );
        WatchedFolders = [.. watched.Select(folder => new Microsoft.Build.Utilities.TaskItem(folder))];

        // Also when the build fails: the models that are right need no second look when the wrong one is mended.
        if (result.Parsed.Count > 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(ParseCachePath))!);
            File.WriteAllLines(ParseCachePath, result.Parsed.Lines());
        }

        foreach (var diagnostic in result.Diagnostics)
        {
            logger.Log(diagnostic);
        }

        if (Log.HasLoggedErrors || result.Artifact is not { } artifact || result.Manifest is not { } manifest)
        {
            return false;
        }

        // The artifact last: its time is what the next build compares with, and the state is read with the project.
        new BuildState(logger.Recorded, environment.Read(), severities.Files(), watched).Write(StatePath);
        Write(ManifestPath, manifest);
        Write(ArtifactPath, artifact);
        return true;
    }

    private static void Write(string path, ReadOnlySequence<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var file = File.Create(path);
        foreach (var piece in content)
        {
            file.Write(piece.Span);
        }
    }

    private ParseCache ReadParseCache() =>
        File.Exists(ParseCachePath) ? ParseCache.Read(File.ReadLines(ParseCachePath)) : ParseCache.Empty;

    private DiagnosticLogger Logger(EditorConfigSeverities severities) =>
        new(Log, new DiagnosticPages(DiagnosticPagesDirectory), severities, ProjectDirectory);
}
