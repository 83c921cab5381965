namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>What a data test's number means.</summary>
/// <param name="Severity">Whether a failure is an error or a warning.</param>
/// <param name="FailCalc">SQL aggregate over the test's rows, <c>count(*)</c> by default.</param>
/// <param name="WarnIf">SQL comparison that follows it, <c>!= 0</c> by default.</param>
/// <param name="ErrorIf">SQL comparison that follows it, <c>!= 0</c> by default.</param>
/// <param name="Where">SQL condition on the tested relation; null without one.</param>
/// <param name="Limit">The most rows that are counted; null without one.</param>
/// <param name="Keeping">How the failing rows are kept.</param>
public sealed record TestSettings(
    TestSeverity Severity,
    string FailCalc,
    string WarnIf,
    string ErrorIf,
    string? Where,
    long? Limit,
    FailureKeeping Keeping
);

/// <summary>How a test keeps the rows it finds.</summary>
public enum FailureKeeping
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>In a table.</summary>
    Table,

    /// <summary>In a view, which shows what would be found now.</summary>
    View,
}

/// <summary>Whether a failing test is red.</summary>
public enum TestSeverity
{
    /// <summary>Red: what is downstream is skipped and nothing is cut over.</summary>
    Error,

    /// <summary>Yellow: said, nothing more.</summary>
    Warn,
}
