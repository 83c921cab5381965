using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Rendering.UnitTesting;

/// <summary>Checks a unit test against the model it tests.</summary>
internal static class UnitTestChecks
{
    /// <summary>As dbt has it, the test of an incremental model says which way is taken, and what the table holds when it is there.</summary>
    /// <param name="test">The unit test.</param>
    /// <param name="model">Its model.</param>
    /// <param name="scope">What the test gives.</param>
    /// <param name="asked">Whether the template asks for the way.</param>
    /// <returns>What is missing; null for nothing.</returns>
    public static Diagnostic? Incremental(UnitTestNode test, GraphNode model, UnitTestScope scope, bool asked)
    {
        if (model is not ModelNode { Materialization: Materialization.Incremental })
        {
            return null;
        }

        return scope.IsIncremental switch
        {
            null when asked => UnitTestDiagnostics.MissingIncremental(test.Span, test.Name, model.Name),
            true when scope.This is null => UnitTestDiagnostics.MissingThis(test.Span, test.Name, model.Name),
            _ => null,
        };
    }

    /// <summary>Renders the model in the test's place, without rows and without a database: what the test lacks is found.</summary>
    public static ImmutableArray<Diagnostic> Find(
        UnitTestNode test,
        ModelGraph graph,
        INodeRenderer renderer,
        CancellationToken cancellationToken
    )
    {
        var scope = new RenderScope(FinalRelations.Instance, false, false, NoWarehouse.Instance, false);
        var rendered = renderer.RenderUnitTest(test, [], scope, cancellationToken);
        var model = graph[test.Model];
        return
        [
            .. rendered.Diagnostics,
            .. test
                .Inputs.Where(input => input.Node is { } node && !model.DependsOn.Contains(node))
                .Select(input => UnitTestDiagnostics.UnreadInput(input.Span, input.Span.Text, model.Name)),
        ];
    }
}
