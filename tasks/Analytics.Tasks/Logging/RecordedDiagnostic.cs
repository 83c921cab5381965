using System.Globalization;
using Microsoft.Build.Utilities;

namespace Analytics.Tasks.Logging;

/// <summary>A diagnostic as MSBuild takes it.</summary>
/// <param name="Code">For example <c>ASQL0003</c>.</param>
/// <param name="File">Full path on this machine, or empty.</param>
/// <param name="Line">One-based; zero when there is no place.</param>
/// <param name="Column">One-based; zero when there is no place.</param>
/// <param name="EndLine">One-based.</param>
/// <param name="EndColumn">One-based, after the last character.</param>
/// <param name="Message">One line.</param>
internal sealed record RecordedDiagnostic(
    string Code,
    string File,
    int Line,
    int Column,
    int EndLine,
    int EndColumn,
    string Message
)
{
    /// <summary>Logs it as a warning, which <c>NoWarn</c> and <c>WarningsAsErrors</c> may change.</summary>
    public void LogAsWarning(TaskLoggingHelper log, DiagnosticPages pages) =>
        log.LogWarning(null, Code, null, pages.LinkTo(Code), File, Line, Column, EndLine, EndColumn, Message);

    /// <summary>Logs it as an error.</summary>
    public void LogAsError(TaskLoggingHelper log, DiagnosticPages pages) =>
        log.LogError(null, Code, null, pages.LinkTo(Code), File, Line, Column, EndLine, EndColumn, Message);

    /// <summary>All but the code, by name.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToMetadata() =>
        [
            new("File", File),
            new("Line", Text(Line)),
            new("Column", Text(Column)),
            new("EndLine", Text(EndLine)),
            new("EndColumn", Text(EndColumn)),
            new("Message", Message),
        ];

    /// <summary>The reverse of <see cref="ToMetadata"/>. What is no number counts as zero: somebody edited the file.</summary>
    public static RecordedDiagnostic FromMetadata(string code, Func<string, string> metadata) =>
        new(
            code,
            metadata("File"),
            Number(metadata("Line")),
            Number(metadata("Column")),
            Number(metadata("EndLine")),
            Number(metadata("EndColumn")),
            metadata("Message")
        );

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
