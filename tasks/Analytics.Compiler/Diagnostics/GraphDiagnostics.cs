using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>3xxx: references between nodes, and the graph they make.</summary>
public static class GraphDiagnostics
{
    private static readonly DiagnosticDescriptor UnknownRefDescriptor = new(
        "ASQL3001",
        "Unknown model in ref",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnknownSourceDescriptor = new(
        "ASQL3002",
        "Unknown source",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor CycleDescriptor = new(
        "ASQL3003",
        "Models refer to each other in a circle",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor DuplicateNameDescriptor = new(
        "ASQL3004",
        "Two resources have one name",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor DuplicateRelationDescriptor = new(
        "ASQL3005",
        "Two nodes make one relation",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor DisabledRefDescriptor = new(
        "ASQL3006",
        "Reference to a disabled resource",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnknownTestDescriptor = new(
        "ASQL3007",
        "Unknown data test",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnknownPropertiesDescriptor = new(
        "ASQL3008",
        "Properties of a resource that does not exist",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor LongNameDescriptor = new(
        "ASQL3009",
        "Relation name is too long",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnknownSelectionDescriptor = new(
        "ASQL3010",
        "Selection matches nothing",
        DiagnosticSeverity.Warning
    );

    private static readonly DiagnosticDescriptor UnknownDocDescriptor = new(
        "ASQL3011",
        "Unknown docs block",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor AccessDescriptor = new(
        "ASQL3012",
        "Model may not be referred to from here",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnknownGroupDescriptor = new(
        "ASQL3013",
        "Unknown group",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnknownFixtureDescriptor = new(
        "ASQL3014",
        "Unknown fixture",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor UnknownSelectorDescriptor = new(
        "ASQL3015",
        "Unknown selector",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor TestLeftOutDescriptor = new(
        "ASQL3016",
        "Data test of a disabled resource",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor InvalidSelectionDescriptor = new(
        "ASQL3017",
        "Selection makes no sense",
        DiagnosticSeverity.Error
    );

    internal static ImmutableArray<DiagnosticDescriptor> All =>
        [
            UnknownRefDescriptor,
            UnknownSourceDescriptor,
            CycleDescriptor,
            DuplicateNameDescriptor,
            DuplicateRelationDescriptor,
            DisabledRefDescriptor,
            UnknownTestDescriptor,
            UnknownPropertiesDescriptor,
            LongNameDescriptor,
            UnknownSelectionDescriptor,
            UnknownDocDescriptor,
            AccessDescriptor,
            UnknownGroupDescriptor,
            UnknownFixtureDescriptor,
            UnknownSelectorDescriptor,
            TestLeftOutDescriptor,
            InvalidSelectionDescriptor,
        ];

    /// <summary><c>ref</c> of a name that no model, seed or snapshot has.</summary>
    public static Diagnostic UnknownRef(SourceSpan span, string name, string? near) =>
        Diagnostic.Create(
            UnknownRefDescriptor,
            span,
            $"no model, seed or snapshot is named '{name}'{DidYouMean(near)}"
        );

    /// <summary><c>ref</c> of a version that the model does not have.</summary>
    /// <param name="span">The call's argument.</param>
    /// <param name="name">The model.</param>
    /// <param name="version">The version asked for.</param>
    /// <param name="known">The versions it has; null when it has none.</param>
    public static Diagnostic UnknownVersion(SourceSpan span, string name, string version, string? known) =>
        Diagnostic.Create(
            UnknownRefDescriptor,
            span,
            known is null
                ? $"'{name}' has no versions, so there is no version '{version}' of it"
                : $"model '{name}' has no version '{version}' (it has: {known})"
        );

    /// <summary><c>source</c> of a source, or of a table of it, that is declared nowhere.</summary>
    public static Diagnostic UnknownSource(SourceSpan span, string source, string table, string? near) =>
        Diagnostic.Create(
            UnknownSourceDescriptor,
            span,
            $"no source table '{source}.{table}' is declared{DidYouMean(near)}"
        );

    /// <summary>A circle of references; the names are in the order of the circle and begin with the ordinally first.</summary>
    public static Diagnostic Cycle(SourceSpan span, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return Diagnostic.Create(
            CycleDescriptor,
            span,
            $"circular reference: {string.Join(" -> ", names.Append(names[0]))}"
        );
    }

    /// <summary>Two resources that <c>ref</c> could mean.</summary>
    public static Diagnostic DuplicateName(SourceSpan span, string kind, string name, SourceSpan other) =>
        Diagnostic
            .Create(DuplicateNameDescriptor, span, $"{kind} '{name}' is also defined in {other.File.Path}")
            .WithRelated([new RelatedLocation(other, $"the other '{name}'")]);

    /// <summary>Two nodes whose schema and alias are the same.</summary>
    public static Diagnostic DuplicateRelation(SourceSpan span, string name, string relation, string other) =>
        Diagnostic.Create(
            DuplicateRelationDescriptor,
            span,
            $"'{name}' and '{other}' would both make the relation {relation}"
        );

    /// <summary><c>ref</c> or <c>source</c> of something whose config says <c>enabled: false</c>.</summary>
    public static Diagnostic DisabledRef(SourceSpan span, string name) =>
        Diagnostic.Create(
            DisabledRefDescriptor,
            span,
            $"'{name}' is disabled (enabled: false), so nothing can refer to it"
        );

    /// <summary>A data test in YAML whose macro does not exist.</summary>
    public static Diagnostic UnknownTest(SourceSpan span, string name, string? near) =>
        Diagnostic.Create(UnknownTestDescriptor, span, $"no generic test is named '{name}'{DidYouMean(near)}");

    /// <summary>An argument of a data test that its macro does not take.</summary>
    public static Diagnostic UnknownTestArgument(SourceSpan span, string test, string name, string? near) =>
        Diagnostic.Create(
            UnknownTestDescriptor,
            span,
            $"the data test '{test}' takes no argument '{name}'{DidYouMean(near)}"
        );

    /// <summary>An argument that a built-in data test makes no SQL without.</summary>
    public static Diagnostic MissingTestArgument(SourceSpan span, string test, string name) =>
        Diagnostic.Create(UnknownTestDescriptor, span, $"the data test '{test}' needs the argument '{name}'");

    /// <summary>A data test that reads a disabled resource.</summary>
    public static Diagnostic TestLeftOut(SourceSpan span, string test, string name) =>
        Diagnostic.Create(
            TestLeftOutDescriptor,
            span,
            $"the data test '{test}' is left out, since '{name}' is disabled (enabled: false)"
        );

    /// <summary>YAML that describes a resource which is not there.</summary>
    public static Diagnostic UnknownProperties(SourceSpan span, string kind, string name, string? near) =>
        Diagnostic.Create(
            UnknownPropertiesDescriptor,
            span,
            $"there is no {kind} '{name}' to describe{DidYouMean(near)}"
        );

    /// <summary>A name longer than PostgreSQL keeps.</summary>
    /// <param name="span">The node's file.</param>
    /// <param name="what">What has the name: <c>relation</c> or <c>schema</c>.</param>
    /// <param name="name">The name.</param>
    /// <param name="bytes">Its length in UTF-8.</param>
    public static Diagnostic LongName(SourceSpan span, string what, string name, int bytes) =>
        Diagnostic.Create(
            LongNameDescriptor,
            span,
            FormattableString.Invariant($"{what} name '{name}' has {bytes} bytes; PostgreSQL keeps 63")
        );

    /// <summary>A selection that matches no node.</summary>
    /// <param name="span">Where it is written in <c>selectors.yml</c>; null for a property.</param>
    /// <param name="selection">The selection, or the word of it.</param>
    /// <param name="near">A name that looks like it; null when none does.</param>
    public static Diagnostic UnknownSelection(SourceSpan? span, string selection, string? near) =>
        Diagnostic.Create(
            UnknownSelectionDescriptor,
            span,
            $"the selection '{selection}' matches nothing{DidYouMean(near)}"
        );

    /// <summary>A selection with a mistake in it.</summary>
    /// <param name="span">Where it is written in <c>selectors.yml</c>; null for a property.</param>
    /// <param name="selection">The word of the selection.</param>
    /// <param name="problem">What is wrong, and what was expected.</param>
    public static Diagnostic InvalidSelection(SourceSpan? span, string selection, string problem) =>
        Diagnostic.Create(InvalidSelectionDescriptor, span, $"the selection '{selection}' makes no sense: {problem}");

    /// <summary><c>doc('x')</c> of a block that is in no file.</summary>
    public static Diagnostic UnknownDoc(SourceSpan span, string name, string? near) =>
        Diagnostic.Create(UnknownDocDescriptor, span, $"no docs block is named '{name}'{DidYouMean(near)}");

    /// <summary><c>ref</c> of a private model from outside of its group.</summary>
    public static Diagnostic PrivateRef(SourceSpan span, string name, string group) =>
        Diagnostic.Create(AccessDescriptor, span, $"model '{name}' is private: only {group} may refer to it");

    /// <summary><c>ref</c> of a model of a package that keeps its models to itself.</summary>
    public static Diagnostic ProtectedRef(SourceSpan span, string name, string package) =>
        Diagnostic.Create(
            AccessDescriptor,
            span,
            $"model '{name}' is protected, and the package '{package}' restricts access: only the package itself may refer to it"
        );

    /// <summary>A group that no file declares.</summary>
    public static Diagnostic UnknownGroup(SourceSpan span, string name, string? near) =>
        Diagnostic.Create(UnknownGroupDescriptor, span, $"no group is named '{name}'{DidYouMean(near)}");

    /// <summary>A fixture of a unit test that is no file below <c>fixtures</c> of the test folders.</summary>
    public static Diagnostic UnknownFixture(SourceSpan span, string name, string extension, string? near) =>
        Diagnostic.Create(
            UnknownFixtureDescriptor,
            span,
            $"there is no file '{name}.{extension}' below tests/fixtures{DidYouMean(near)}"
        );

    /// <summary>A selector that <c>selectors.yml</c> does not have.</summary>
    /// <param name="span">Where it is named; null for a property.</param>
    /// <param name="name">The name.</param>
    /// <param name="near">A selector that looks like it; null when none does.</param>
    public static Diagnostic UnknownSelector(SourceSpan? span, string name, string? near) =>
        Diagnostic.Create(UnknownSelectorDescriptor, span, $"no selector is named '{name}'{DidYouMean(near)}");

    /// <summary>A selector that is made of itself.</summary>
    public static Diagnostic CircularSelector(SourceSpan span, string name) =>
        Diagnostic.Create(CycleDescriptor, span, $"the selector '{name}' is made of itself");

    private static string DidYouMean(string? near) => near is null ? string.Empty : $"; did you mean '{near}'?";
}
