using System.Globalization;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Testing;

/// <summary>What a test's number means.</summary>
/// <param name="Status">Pass, warn or fail.</param>
/// <param name="Failures">The number, 0 for a pass.</param>
internal sealed record TestVerdict(NodeStatus Status, long Failures)
{
    /// <summary>dbt's rule: with severity error what should fail fails; else what should warn warns.</summary>
    /// <param name="severity">The test's severity.</param>
    /// <param name="number">The number as text; null counts as 0.</param>
    /// <param name="shouldWarn">Whether <c>warn_if</c> holds; null counts as no.</param>
    /// <param name="shouldFail">Whether <c>error_if</c> holds; null counts as no.</param>
    public static TestVerdict Of(TestSeverity severity, string? number, bool? shouldWarn, bool? shouldFail)
    {
        var status =
            severity == TestSeverity.Error && shouldFail == true ? NodeStatus.Fail
            : shouldWarn == true ? NodeStatus.Warn
            : NodeStatus.Pass;
        return new TestVerdict(status, status == NodeStatus.Pass ? 0 : Whole(number));
    }

    /// <summary>A few words for the node's line.</summary>
    public string Message =>
        Status == NodeStatus.Pass
            ? string.Empty
            : FormattableString.Invariant($"{Failures} failing {(Failures == 1 ? "row" : "rows")}");

    /// <summary>What to tell; null for a pass.</summary>
    public Diagnostic? Diagnostic(TestNode test, string rows) =>
        Status switch
        {
            NodeStatus.Fail => TestDiagnostics.Failed(test.Span, test.Name, Failures, rows),
            NodeStatus.Warn => TestDiagnostics.Warned(test.Span, test.Name, Failures, rows),
            _ => null,
        };

    // dbt makes a whole number of it, without rounding.
    private static long Whole(string? number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value is > long.MinValue and < long.MaxValue
            ? (long)value
            : 0;
}
