using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Tasks.Severities;
using Analytics.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Analytics.Tasks.Logging;

/// <summary>Hands diagnostics to MSBuild, with the severity that the user configured and a path that an editor can open.</summary>
/// <param name="log">The task's log.</param>
/// <param name="pages">Where the pages of the codes are.</param>
/// <param name="severities">What <c>.editorconfig</c> says.</param>
/// <param name="projectDirectory">What the paths of an artifact's files are below, where such a file still exists.</param>
internal sealed class DiagnosticLogger(
    TaskLoggingHelper log,
    DiagnosticPages pages,
    EditorConfigSeverities severities,
    string projectDirectory
)
{
    private readonly ImmutableArray<RecordedDiagnostic>.Builder recorded =
        ImmutableArray.CreateBuilder<RecordedDiagnostic>();

    /// <summary>The warnings logged so far.</summary>
    public ImmutableArray<RecordedDiagnostic> Recorded => recorded.ToImmutable();

    /// <summary>Logs a diagnostic as an error, a warning or a message, or not at all.</summary>
    public void Log(Diagnostic diagnostic)
    {
        var entry = Translate(diagnostic);
        switch (Severity(diagnostic, entry.File))
        {
            case ConfiguredSeverity.Error:
                entry.LogAsError(log, pages);
                break;
            case ConfiguredSeverity.Warning:
                recorded.Add(entry);
                entry.LogAsWarning(log, pages);
                break;
            case ConfiguredSeverity.Suggestion:
                log.LogMessage(
                    null,
                    entry.Code,
                    null,
                    entry.File,
                    entry.Line,
                    entry.Column,
                    entry.EndLine,
                    entry.EndColumn,
                    MessageImportance.Normal,
                    entry.Message
                );
                break;
        }
    }

    // What is an error by nature stays one: there is no artifact to go on with.
    private ConfiguredSeverity Severity(Diagnostic diagnostic, string file) =>
        diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => ConfiguredSeverity.Error,
            DiagnosticSeverity.Warning => severities.Find(diagnostic.Id, file) ?? ConfiguredSeverity.Warning,
            _ => severities.Find(diagnostic.Id, file) ?? ConfiguredSeverity.Suggestion,
        };

    private RecordedDiagnostic Translate(Diagnostic diagnostic)
    {
        var message = diagnostic.Message;
        foreach (var related in diagnostic.Related)
        {
            // On the same line: MSBuild repeats file, place and code before each line of a message.
            message += $" ({related.Message}: {BelowProject(related.Span.File)}({related.Span.StartPosition}))";
        }

        if (diagnostic.Span is not { } span)
        {
            return new RecordedDiagnostic(diagnostic.Id, string.Empty, 0, 0, 0, 0, OneLine(message));
        }

        var (start, end) = (span.StartPosition, span.EndPosition);
        return new RecordedDiagnostic(
            diagnostic.Id,
            PathOf(span.File),
            start.Line,
            start.Column,
            end.Line,
            end.Column,
            OneLine(message)
        );
    }

    // A macro of a package is in another folder than the project's own: its path says which.
    private string BelowProject(SourceFile file)
    {
        if (file.Directory is null)
        {
            return file.Path;
        }

        var path = Path.GetRelativePath(projectDirectory, file.DisplayPath);
        return path.StartsWith("..", StringComparison.Ordinal) ? file.DisplayPath : path.Replace('\\', '/');
    }

    private string PathOf(SourceFile file)
    {
        if (file.Directory is not null)
        {
            return file.DisplayPath;
        }

        var path = Path.GetFullPath(Path.Combine(projectDirectory, file.Path));
        return File.Exists(path) ? path : file.Path;
    }

    private static string OneLine(string message) =>
        string.Join(
            ' ',
            message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
}
