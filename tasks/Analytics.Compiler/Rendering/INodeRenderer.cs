using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering.UnitTesting;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Rendering;

/// <summary>Turns a node's template into SQL. Many threads may render at once.</summary>
public interface INodeRenderer
{
    /// <summary>Renders a model, a snapshot or a test; ephemeral models it reads are inlined.</summary>
    /// <param name="node">A node of the graph this renderer was made with.</param>
    /// <param name="scope">Where relations are, and which branch is taken.</param>
    /// <param name="cancellationToken">Ends the rendering with <see cref="OperationCanceledException"/>.</param>
    RenderResult Render(GraphNode node, RenderScope scope, CancellationToken cancellationToken = default);

    /// <summary>Renders a hook of a node, with what the node's own template would see.</summary>
    /// <param name="node">A node of the graph this renderer was made with.</param>
    /// <param name="hook">One of its hooks.</param>
    /// <param name="scope">Where relations are.</param>
    /// <param name="cancellationToken">Ends the rendering with <see cref="OperationCanceledException"/>.</param>
    RenderResult RenderHook(
        RelationNode node,
        NodeHook hook,
        RenderScope scope,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Renders the model of a unit test with the test's inputs in place of what it reads, as common table expressions, and with the
    /// test's overrides.
    /// </summary>
    /// <param name="test">A node of the graph this renderer was made with.</param>
    /// <param name="inputs">The query of each of the test's inputs.</param>
    /// <param name="scope">Where relations are that templates ask the database about; what it says of <c>is_incremental()</c> does not count.</param>
    /// <param name="cancellationToken">Ends the rendering with <see cref="OperationCanceledException"/>.</param>
    RenderResult RenderUnitTest(
        UnitTestNode test,
        ImmutableArray<UnitTestInputSql> inputs,
        RenderScope scope,
        CancellationToken cancellationToken = default
    );
}

/// <summary>What a rendering gave.</summary>
/// <param name="Sql">
/// The SQL; null when there is an error among the diagnostics, or when <paramref name="AskedDatabase"/> is true and the
/// template could do nothing without an answer.
/// </param>
/// <param name="Diagnostics">In the order they were found.</param>
/// <param name="AskedDatabase">
/// True when no database answered (<see cref="RenderScope.Execute"/> is false) and a template asked one: the SQL, if there
/// is any, is not the one that will run.
/// </param>
public sealed record RenderResult(RenderedSql? Sql, ImmutableArray<Diagnostic> Diagnostics, bool AskedDatabase);
