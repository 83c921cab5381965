using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>7xxx: data tests.</summary>
public static class TestDiagnostics
{
    private static readonly DiagnosticDescriptor FailedDescriptor = new(
        "ASQL7001",
        "Data test failed",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor WarnedDescriptor = new(
        "ASQL7002",
        "Data test warned",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor ErroredDescriptor = new(
        "ASQL7003",
        "Data test could not run",
        DiagnosticSeverity.Error
    );

    internal static ImmutableArray<DiagnosticDescriptor> All => [FailedDescriptor, WarnedDescriptor, ErroredDescriptor];

    /// <summary>The data is not as the test says.</summary>
    /// <param name="span">Where the test is declared.</param>
    /// <param name="test">Its name.</param>
    /// <param name="failures">The number the test counted.</param>
    /// <param name="rows">Some of the failing rows, written out; empty when none were fetched.</param>
    /// <param name="kept">The relation that has them all; null where they are not kept.</param>
    public static Diagnostic Failed(SourceSpan? span, string test, long failures, string rows, string? kept) =>
        Diagnostic.Create(FailedDescriptor, span, Message(test, failures, rows, kept));

    /// <summary>As <see cref="Failed"/>, with severity warn.</summary>
    public static Diagnostic Warned(SourceSpan? span, string test, long failures, string rows, string? kept) =>
        Diagnostic.Create(WarnedDescriptor, span, Message(test, failures, rows, kept));

    /// <summary>The server refused the test's SQL.</summary>
    public static Diagnostic Errored(SourceSpan? span, string test, string sqlState, string message) =>
        Diagnostic.Create(ErroredDescriptor, span, $"test '{test}' could not run: {message} (SQLSTATE {sqlState})");

    /// <summary>The test's <c>fail_calc</c> must give one row, whatever the test finds.</summary>
    /// <param name="span">Where the test is declared.</param>
    /// <param name="test">Its name.</param>
    /// <param name="failCalc">The expression.</param>
    /// <param name="rows">How many rows it gave.</param>
    public static Diagnostic NotOneNumber(SourceSpan? span, string test, string failCalc, int rows) =>
        Diagnostic.Create(
            ErroredDescriptor,
            span,
            FormattableString.Invariant(
                $"test '{test}' could not run: its fail_calc '{failCalc}' gives {rows} rows over what the test finds, but it must give one, as 'count(*)' does"
            )
        );

    private static string Message(string test, long failures, string rows, string? kept)
    {
        var count = FormattableString.Invariant(
            $"test '{test}' found {failures} failing {(failures == 1 ? "row" : "rows")}"
        );
        var place = kept is null ? string.Empty : $", kept in {kept}";
        return rows.Length == 0 ? $"{count}{place}" : $"{count}{place}: {rows}";
    }
}
