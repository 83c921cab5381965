using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>6xxx: publishing.</summary>
public static class DeploymentDiagnostics
{
    private static readonly DiagnosticDescriptor ConnectionDescriptor = new(
        "ASQL6001",
        "Target cannot be reached",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor NoServerDescriptor = new(
        "ASQL6002",
        "No PostgreSQL for the private target",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor BusyDescriptor = new(
        "ASQL6003",
        "Another publish is running",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor NodeFailedDescriptor = new(
        "ASQL6004",
        "Node failed in the database",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor DependentsDescriptor = new(
        "ASQL6005",
        "Objects outside the project depend on what is replaced",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor SchemaChangeDescriptor = new(
        "ASQL6006",
        "Columns of an incremental model changed",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor CutOverDescriptor = new(
        "ASQL6007",
        "Cut-over was rolled back",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor CommitUnknownDescriptor = new(
        "ASQL6035",
        "Outcome of the cut-over is unknown",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor MayNotCreateDescriptor = new(
        "ASQL6036",
        "Schemas are missing and may not be created",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor CancelledDescriptor = new(
        "ASQL6008",
        "Publish was cancelled",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor WrongRelationDescriptor = new(
        "ASQL6009",
        "Existing relation is of another kind",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor HookFailedDescriptor = new(
        "ASQL6010",
        "Step before publish failed",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor StagingTakenDescriptor = new(
        "ASQL6011",
        "Staging schema is taken",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor PreparationDescriptor = new(
        "ASQL6012",
        "Publish could not be prepared",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor AfterCutOverDescriptor = new(
        "ASQL6013",
        "Something failed after the cut-over",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor ConfigurationDescriptor = new(
        "ASQL6014",
        "Indexes of a materialized view changed",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor NothingToRetryDescriptor = new(
        "ASQL6017",
        "No publish to retry",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor StateDescriptor = new(
        "ASQL6018",
        "Earlier state is missing",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor NotPrunedDescriptor = new(
        "ASQL6019",
        "Relation cannot be pruned",
        DiagnosticSeverity.Error
    );

    internal static ImmutableArray<DiagnosticDescriptor> All =>
        [
            ConnectionDescriptor,
            NoServerDescriptor,
            BusyDescriptor,
            NodeFailedDescriptor,
            DependentsDescriptor,
            SchemaChangeDescriptor,
            CutOverDescriptor,
            CommitUnknownDescriptor,
            MayNotCreateDescriptor,
            CancelledDescriptor,
            WrongRelationDescriptor,
            HookFailedDescriptor,
            StagingTakenDescriptor,
            PreparationDescriptor,
            AfterCutOverDescriptor,
            ConfigurationDescriptor,
            NothingToRetryDescriptor,
            StateDescriptor,
            NotPrunedDescriptor,
        ];

    /// <summary>No connection.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="server">Host, port and database; never a password.</param>
    /// <param name="message">What the driver or the server says.</param>
    public static Diagnostic Connection(string target, string server, string message) =>
        Diagnostic.Create(ConnectionDescriptor, null, $"cannot connect to target '{target}' ({server}): {message}");

    /// <summary>The embedded default found no server to start.</summary>
    public static Diagnostic NoServer(string message) => Diagnostic.Create(NoServerDescriptor, null, message);

    /// <summary>The target's lock is held.</summary>
    public static Diagnostic Busy(string target, string holder) =>
        Diagnostic.Create(
            BusyDescriptor,
            null,
            $"another publish to target '{target}' is running ({holder}); nothing was changed"
        );

    /// <summary>The server refused a node's SQL.</summary>
    /// <param name="span">The author's text that rendered to the place of the error, or the node's file.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="sqlState">The five characters of PostgreSQL's error code.</param>
    /// <param name="message">The server's message with its detail and hint.</param>
    public static Diagnostic NodeFailed(SourceSpan? span, string node, string sqlState, string message) =>
        Diagnostic.Create(NodeFailedDescriptor, span, $"'{node}' failed: {message} (SQLSTATE {sqlState})");

    /// <summary>Foreign objects that would not survive the publish.</summary>
    public static Diagnostic Dependents(SourceSpan? span, string relation, string dependents) =>
        Diagnostic.Create(
            DependentsDescriptor,
            span,
            $"{relation} cannot be replaced: {dependents} depend on it and cannot be carried over; nothing was changed"
        );

    /// <summary><c>on_schema_change: fail</c>, or a column that cannot be reconciled.</summary>
    public static Diagnostic SchemaChange(SourceSpan? span, string node, string message) =>
        Diagnostic.Create(SchemaChangeDescriptor, span, $"the columns of '{node}' changed: {message}");

    /// <summary>The one transaction that makes the publish visible failed.</summary>
    public static Diagnostic CutOver(string message) =>
        Diagnostic.Create(
            CutOverDescriptor,
            null,
            $"the cut-over was rolled back, the old relations are still there: {message}"
        );

    /// <summary>Nobody knows whether the cut-over was done.</summary>
    public static Diagnostic CommitUnknown(string message) =>
        Diagnostic.Create(
            CommitUnknownDescriptor,
            null,
            $"the connection was lost while the cut-over was committed, and the server did not answer when it was asked what became of it: the new relations are live, all of them, or the old ones are: {message}"
        );

    /// <summary>The publish needs schemas that are not there, and its role may not make any.</summary>
    /// <param name="role">The role that the publish acts as.</param>
    /// <param name="database">The database.</param>
    /// <param name="schemas">Those that are missing.</param>
    public static Diagnostic MayNotCreate(string role, string database, IReadOnlyCollection<string> schemas)
    {
        var (quotedRole, quotedDatabase) = (SqlQuote.Identifier(role), SqlQuote.Identifier(database));
        var create = string.Join(
            "; ",
            schemas.Select(schema => $"create schema {SqlQuote.Identifier(schema)} authorization {quotedRole}")
        );
        return Diagnostic.Create(
            MayNotCreateDescriptor,
            null,
            $"role '{role}' may not create schemas in database '{database}', and {string.Join(", ", schemas)} {(schemas.Count == 1 ? "is" : "are")} missing: grant create on database {quotedDatabase} to {quotedRole}, or have somebody create {(schemas.Count == 1 ? "it" : "them")}: {create}; nothing was changed"
        );
    }

    /// <summary>Somebody stopped it.</summary>
    /// <param name="eachNode">Whether nodes became visible one by one.</param>
    public static Diagnostic Cancelled(bool eachNode) =>
        Diagnostic.Create(
            CancelledDescriptor,
            null,
            eachNode
                ? "the publish was cancelled; the nodes that were finished are live, the others are as they were"
                : "the publish was cancelled; the old relations are still there"
        );

    /// <summary>A view where a table must be, and so on.</summary>
    public static Diagnostic WrongRelation(SourceSpan? span, string relation, string found, string expected) =>
        Diagnostic.Create(WrongRelationDescriptor, span, $"{relation} is {found}, but {expected} is needed");

    /// <summary>A command of the project that runs before the publish did not exit with 0.</summary>
    public static Diagnostic HookFailed(string command, int exitCode) =>
        Diagnostic.Create(
            HookFailedDescriptor,
            null,
            FormattableString.Invariant(
                $"the step before publish '{command}' exited with {exitCode}; nothing was published"
            )
        );

    /// <summary>A schema stands where the publish wants to build, and it is not marked as its own.</summary>
    public static Diagnostic StagingTaken(string schema, string reason) =>
        Diagnostic.Create(
            StagingTakenDescriptor,
            null,
            $"schema '{schema}' is where this publish would build, but {reason}; nothing was changed"
        );

    /// <summary>The server refused a statement of ours that belongs to no node: mostly for want of a privilege.</summary>
    /// <param name="sqlState">The five characters of PostgreSQL's error code.</param>
    /// <param name="message">The server's message with its detail and hint.</param>
    public static Diagnostic Preparation(string sqlState, string message) =>
        Diagnostic.Create(
            PreparationDescriptor,
            null,
            $"the publish could not be prepared: {message} (SQLSTATE {sqlState}); nothing was changed"
        );

    /// <summary>The indexes of a materialized view are not those of its config, and <c>on_configuration_change</c> is <c>fail</c>.</summary>
    /// <param name="span">The model.</param>
    /// <param name="relation">The materialized view.</param>
    public static Diagnostic Configuration(SourceSpan? span, string relation) =>
        Diagnostic.Create(
            ConfigurationDescriptor,
            span,
            $"the indexes of {relation} are not those of its config (on_configuration_change: fail)"
        );

    /// <summary>The new relations are live, and a hook that was due then could not be run.</summary>
    /// <param name="message">What the driver or the server says.</param>
    public static Diagnostic AfterCutOver(string message) =>
        Diagnostic.Create(
            AfterCutOverDescriptor,
            null,
            $"the new relations are live, but the hooks that were due after that did not all run: {message}"
        );

    /// <summary>A retry finds no results of a publish to go on with.</summary>
    /// <param name="problem">What is missing.</param>
    public static Diagnostic NothingToRetry(string problem) =>
        Diagnostic.Create(NothingToRetryDescriptor, null, $"there is no publish to retry: {problem}");

    /// <summary>What a publish shall compare with or defer to is not there, or cannot be used.</summary>
    /// <param name="problem">What is wrong.</param>
    public static Diagnostic State(string problem) =>
        Diagnostic.Create(StateDescriptor, null, $"the earlier state cannot be used: {problem}");

    /// <summary>A relation that the project has no more cannot be dropped.</summary>
    /// <param name="relation">The relation.</param>
    /// <param name="problem">Why not.</param>
    public static Diagnostic NotPruned(string relation, string problem) =>
        Diagnostic.Create(
            NotPrunedDescriptor,
            null,
            $"{relation} is not in the project any more and cannot be dropped: {problem}; nothing was changed"
        );
}
