using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>6027 to 6034: the commands beside the publish that talk to a target.</summary>
public static class JobDiagnostics
{
    private static readonly DiagnosticDescriptor StaleDescriptor = new(
        "ASQL6027",
        "Source is stale",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor AgingDescriptor = new(
        "ASQL6028",
        "Source is late",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor FreshnessDescriptor = new(
        "ASQL6029",
        "Freshness could not be measured",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnknownMacroDescriptor = new(
        "ASQL6030",
        "Macro does not exist",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor ArgumentsDescriptor = new(
        "ASQL6031",
        "Macro does not take these arguments",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor QueryDescriptor = new(
        "ASQL6032",
        "Query to show failed",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor CloneDescriptor = new(
        "ASQL6033",
        "Relation cannot be cloned",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor NoSchemasDescriptor = new(
        "ASQL6034",
        "Role may not create schemas",
        DiagnosticSeverity.Warning
    );

    internal static ImmutableArray<DiagnosticDescriptor> All =>
        [
            StaleDescriptor,
            AgingDescriptor,
            FreshnessDescriptor,
            UnknownMacroDescriptor,
            ArgumentsDescriptor,
            QueryDescriptor,
            CloneDescriptor,
            NoSchemasDescriptor,
        ];

    /// <summary>A source is older than its <c>error_after</c>.</summary>
    /// <param name="span">The table's name in the YAML file.</param>
    /// <param name="source">Source and table, with a dot between.</param>
    /// <param name="age">How old its newest row is, for people; null when it has none.</param>
    /// <param name="limit">The limit, for people.</param>
    public static Diagnostic Stale(SourceSpan span, string source, string? age, string limit) =>
        Diagnostic.Create(StaleDescriptor, span, Late(source, age, $"error_after is {limit}"));

    /// <summary>As <see cref="Stale"/>, of <c>warn_after</c>.</summary>
    public static Diagnostic Aging(SourceSpan span, string source, string? age, string limit) =>
        Diagnostic.Create(AgingDescriptor, span, Late(source, age, $"warn_after is {limit}"));

    /// <summary>It is not known how old a source is.</summary>
    /// <param name="span">The table's name in the YAML file.</param>
    /// <param name="source">Source and table, with a dot between.</param>
    /// <param name="message">Why not.</param>
    public static Diagnostic FreshnessUnknown(SourceSpan span, string source, string message) =>
        Diagnostic.Create(FreshnessDescriptor, span, $"the freshness of source '{source}' is not known: {message}");

    /// <summary>A macro to run does not exist.</summary>
    /// <param name="name">What was asked for.</param>
    /// <param name="near">What was probably meant; null when nothing is near.</param>
    public static Diagnostic UnknownMacro(string name, string? near) =>
        Diagnostic.Create(
            UnknownMacroDescriptor,
            null,
            $"there is no macro '{name}' in the project and its packages"
                + (near is null ? string.Empty : $"; did you mean '{near}'?")
        );

    /// <summary>A macro to run has other parameters.</summary>
    /// <param name="span">The macro; null where the arguments cannot even be read.</param>
    /// <param name="name">Its name.</param>
    /// <param name="problem">What does not fit, as the end of a sentence.</param>
    public static Diagnostic MacroArguments(SourceSpan? span, string name, string problem) =>
        Diagnostic.Create(ArgumentsDescriptor, span, $"macro '{name}' cannot be run with these arguments: {problem}");

    /// <summary>The server refused what should be shown.</summary>
    /// <param name="span">What the author wrote.</param>
    /// <param name="name">The node, or <c>the inline query</c>.</param>
    /// <param name="sqlState">The five characters of the error.</param>
    /// <param name="message">What the server says.</param>
    public static Diagnostic QueryFailed(SourceSpan span, string name, string sqlState, string message) =>
        Diagnostic.Create(QueryDescriptor, span, $"{name} cannot be shown: {message} (SQLSTATE {sqlState})");

    /// <summary>A relation of another state cannot be made visible here.</summary>
    /// <param name="span">The node.</param>
    /// <param name="relation">The relation to make.</param>
    /// <param name="problem">Why not.</param>
    public static Diagnostic Uncloned(SourceSpan? span, string relation, string problem) =>
        Diagnostic.Create(CloneDescriptor, span, $"{relation} cannot be cloned: {problem}; nothing was changed");

    /// <summary>The role of a target lacks the privilege that a publish needs.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="role">The role.</param>
    /// <param name="database">The database.</param>
    public static Diagnostic NoSchemas(string target, string role, string database) =>
        Diagnostic.Create(
            NoSchemasDescriptor,
            null,
            $"role '{role}' may not create schemas in the database of target '{target}', but a publish builds in schemas of its own: grant create on database {RelationName.Quote(database)} to {RelationName.Quote(role)}"
        );

    private static string Late(string source, string? age, string limit) =>
        age is null
            ? $"source '{source}' has no rows, and {limit}"
            : $"the newest row of source '{source}' is {age} old, and {limit}";
}
