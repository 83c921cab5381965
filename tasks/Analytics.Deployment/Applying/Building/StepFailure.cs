using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Reporting;
using Analytics.Text;
using Npgsql;

namespace Analytics.Deployment.Applying.Building;

/// <summary>Turns what went wrong while a step ran into its outcome.</summary>
internal static class StepFailure
{
    // What Npgsql reports when there is no server error, for example a connection that broke.
    private const string NoSqlState = "08006";

    /// <summary>The outcome of a node whose statement the server refused, or whose connection broke.</summary>
    public static StepOutcome Of(GraphNode node, NpgsqlException exception) =>
        Outcome(
            node,
            exception.SqlState ?? NoSqlState,
            exception is PostgresException error ? ServerMessage.Of(error) : ServerMessage.Of(exception),
            null
        );

    /// <summary>As above, when it is known which statement it was.</summary>
    public static StepOutcome Of(GraphNode node, StatementException exception) =>
        Outcome(node, exception.Error.SqlState, exception.Explanation, exception);

    private static StepOutcome Outcome(GraphNode node, string sqlState, string message, StatementException? exception)
    {
        var place = exception?.Statement.Locate(exception.Error);
        SourceSpan span = place?.Span ?? node.Span;
        var diagnostic = node switch
        {
            TestNode => TestDiagnostics.Errored(span, node.Name, sqlState, message),
            UnitTestNode => UnitTestDiagnostics.Errored(span, node.Name, sqlState, message),
            _ => DeploymentDiagnostics.NodeFailed(span, node.Name, sqlState, message),
        };
        return new StepOutcome(NodeStatus.Error, message)
        {
            Diagnostics = [diagnostic with { Related = place?.Related ?? [] }],
        };
    }
}
