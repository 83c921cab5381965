using System.Globalization;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Testing;

/// <summary>What a test's number means.</summary>
/// <param name="Status">Pass, warn or fail.</param>
/// <param name="Failures">The number, 0 for a pass.</param>
/// <param name="Message">dbt's words for <c>run_results.json</c>; empty for a pass.</param>
internal sealed record TestVerdict(NodeStatus Status, long Failures, string Message)
{
    /// <summary>dbt's rule: with severity error what should fail fails; else what should warn warns.</summary>
    /// <param name="settings">The test's settings.</param>
    /// <param name="number">The number as text; null counts as 0.</param>
    /// <param name="shouldWarn">Whether <c>warn_if</c> holds; null counts as no.</param>
    /// <param name="shouldFail">Whether <c>error_if</c> holds; null counts as no.</param>
    public static TestVerdict Of(TestSettings settings, string? number, bool? shouldWarn, bool? shouldFail)
    {
        var failures = Whole(number);
        return settings.Severity == TestSeverity.Error && shouldFail == true
                ? Found(NodeStatus.Fail, "fail", settings.ErrorIf)
            : shouldWarn == true ? Found(NodeStatus.Warn, "warn", settings.WarnIf)
            : new TestVerdict(NodeStatus.Pass, 0, string.Empty);

        TestVerdict Found(NodeStatus status, string verb, string condition) =>
            new(
                status,
                failures,
                FormattableString.Invariant(
                    $"Got {failures} {(failures == 1 ? "result" : "results")}, configured to {verb} if {condition}"
                )
            );
    }

    /// <summary>What to tell; null for a pass.</summary>
    public Diagnostic? Diagnostic(TestNode test, string rows) =>
        Status switch
        {
            NodeStatus.Fail => TestDiagnostics.Failed(
                test.Span,
                test.Name,
                Failures,
                rows,
                test.FailingRows?.ToString()
            ),
            NodeStatus.Warn => TestDiagnostics.Warned(
                test.Span,
                test.Name,
                Failures,
                rows,
                test.FailingRows?.ToString()
            ),
            _ => null,
        };

    // dbt makes a whole number of it, without rounding.
    private static long Whole(string? number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value is > long.MinValue and < long.MaxValue
            ? (long)value
            : 0;
}
