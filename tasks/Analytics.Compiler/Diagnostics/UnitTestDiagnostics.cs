using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>Unit tests: ASQL0024 to ASQL0026 in a build, ASQL6015 and ASQL6016 while they run.</summary>
public static class UnitTestDiagnostics
{
    private static readonly DiagnosticDescriptor MissingInputDescriptor = new(
        "ASQL0024",
        "Unit test lacks an input",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnreadInputDescriptor = new(
        "ASQL0025",
        "Input of a unit test is not read",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor InvalidDescriptor = new(
        "ASQL0026",
        "Unit test makes no sense",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor FailedDescriptor = new(
        "ASQL6015",
        "Unit test failed",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor ErroredDescriptor = new(
        "ASQL6016",
        "Unit test could not run",
        DiagnosticSeverity.Error
    );

    internal static ImmutableArray<DiagnosticDescriptor> All =>
        [MissingInputDescriptor, UnreadInputDescriptor, InvalidDescriptor, FailedDescriptor, ErroredDescriptor];

    /// <summary>The model reads what the test gives no rows for.</summary>
    /// <param name="span">Where the test is declared.</param>
    /// <param name="test">Its name.</param>
    /// <param name="model">The model.</param>
    /// <param name="input">The call, for example <c>ref('orders')</c>.</param>
    /// <param name="call">Where the model makes it.</param>
    public static Diagnostic MissingInput(SourceSpan span, string test, string model, string input, SourceSpan call) =>
        Diagnostic
            .Create(
                MissingInputDescriptor,
                span,
                $"the unit test '{test}' must give rows for {input}, which '{model}' reads; '- input: {input}' with 'rows: []' gives none"
            )
            .WithRelated([new RelatedLocation(call, $"'{model}' reads it here")]);

    /// <summary>An incremental model is tested as one that has rows already, and nothing says which.</summary>
    public static Diagnostic MissingThis(SourceSpan span, string test, string model) =>
        Diagnostic.Create(
            MissingInputDescriptor,
            span,
            $"the unit test '{test}' of the incremental model '{model}' says that is_incremental is true, so it must give the rows of the table with '- input: this'"
        );

    /// <summary>Rows that change nothing.</summary>
    public static Diagnostic UnreadInput(SourceSpan span, string input, string model) =>
        Diagnostic.Create(UnreadInputDescriptor, span, $"'{model}' does not read {input}: its rows change nothing");

    /// <summary>An incremental model's template goes two ways, and nothing says which is tested.</summary>
    public static Diagnostic MissingIncremental(SourceSpan span, string test, string model) =>
        Diagnostic.Create(
            InvalidDescriptor,
            span,
            $"the unit test '{test}' of the incremental model '{model}' must say which way is tested: 'overrides: {{macros: {{is_incremental: true}}}}' or false"
        );

    /// <summary>Something in the declaration that contradicts itself or the project.</summary>
    /// <param name="span">Where.</param>
    /// <param name="test">Its name.</param>
    /// <param name="reason">What is wrong, as the end of a sentence.</param>
    public static Diagnostic Invalid(SourceSpan span, string test, string reason) =>
        Diagnostic.Create(InvalidDescriptor, span, $"the unit test '{test}' {reason}");

    /// <summary>The model gives other rows than expected.</summary>
    /// <param name="span">Where the test is declared.</param>
    /// <param name="test">Its name.</param>
    /// <param name="difference">A table of several lines.</param>
    public static Diagnostic Failed(SourceSpan span, string test, string difference) =>
        Diagnostic.Create(FailedDescriptor, span, $"unit test '{test}' failed: {difference}");

    /// <summary>The server refused the test's SQL.</summary>
    public static Diagnostic Errored(SourceSpan span, string test, string sqlState, string message) =>
        Diagnostic.Create(
            ErroredDescriptor,
            span,
            $"unit test '{test}' could not run: {message} (SQLSTATE {sqlState})"
        );

    /// <summary>Rows name a column that there is not.</summary>
    /// <param name="span">The column in the rows.</param>
    /// <param name="column">Its name.</param>
    /// <param name="fixture">What the rows are for: <c>'orders'</c>, or <c>expected output</c>.</param>
    /// <param name="accepted">The columns there are.</param>
    public static Diagnostic UnknownColumn(
        SourceSpan span,
        string column,
        string fixture,
        IReadOnlyCollection<string> accepted
    )
    {
        var near = NearName.Find(column, accepted);
        var hint = near is null ? string.Empty : $"; did you mean '{near}'?";
        return Diagnostic.Create(
            ErroredDescriptor,
            span,
            $"Invalid column name: '{column}' in unit test fixture for {fixture}. Accepted columns for {fixture} are: {string.Join(", ", accepted)}{hint}"
        );
    }
}
