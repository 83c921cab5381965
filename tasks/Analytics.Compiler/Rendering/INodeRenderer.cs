using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering.UnitTesting;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>Turns a node's template into SQL. Many threads may render at once.</summary>
public interface INodeRenderer
{
    /// <summary>Runs the macro that makes a model's relation.</summary>
    /// <param name="model">The model, which has such a macro.</param>
    /// <param name="sql">Its SQL, which the macro gets as <c>sql</c> and <c>compiled_code</c>.</param>
    /// <param name="scope">Its <c>this</c> is the relation to make; the warehouse can write.</param>
    /// <param name="cancellationToken">Ends it.</param>
    MakingResult Make(ModelNode model, string sql, RenderScope scope, CancellationToken cancellationToken = default);

    /// <summary>Renders a model, a snapshot or a test; ephemeral models it reads are inlined.</summary>
    /// <param name="node">A node of the graph this renderer was made with.</param>
    /// <param name="scope">Where relations are, and which branch is taken.</param>
    /// <param name="cancellationToken">Ends the rendering with <see cref="OperationCanceledException"/>.</param>
    RenderResult Render(GraphNode node, RenderScope scope, CancellationToken cancellationToken = default);

    /// <summary>Renders a text of a node that is no template of its own, such as a query in its config.</summary>
    /// <param name="node">A node of the graph this renderer was made with.</param>
    /// <param name="text">The template.</param>
    /// <param name="span">Where the text stands; what is wrong in it is reported there.</param>
    /// <param name="scope">Where relations are.</param>
    /// <param name="cancellationToken">Ends the rendering with <see cref="OperationCanceledException"/>.</param>
    RenderResult RenderText(
        GraphNode node,
        string text,
        SourceSpan span,
        RenderScope scope,
        CancellationToken cancellationToken = default
    );

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

    /// <summary>Renders SQL that belongs to no node, as the root project sees it; it may refer to everything.</summary>
    /// <param name="query">A template. Diagnostics point into it.</param>
    /// <param name="scope">Where relations are.</param>
    /// <param name="cancellationToken">Ends the rendering with <see cref="OperationCanceledException"/>.</param>
    RenderResult RenderQuery(SourceFile query, RenderScope scope, CancellationToken cancellationToken = default);

    /// <summary>Calls a macro for what it does.</summary>
    /// <param name="name">
    /// Its name; with a package and a dot in front it is that package's, else that of the root project, of a package or of dbt, whichever
    /// has one first.
    /// </param>
    /// <param name="arguments">Native values by name.</param>
    /// <param name="scope">Where relations are, and who answers.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    MacroResult RunMacro(
        string name,
        PyDict arguments,
        RenderScope scope,
        CancellationToken cancellationToken = default
    );
}

/// <summary>What calling a macro gave.</summary>
/// <param name="UniqueId">The macro, for example <c>macro.shop.drop_old</c>; null when there is none of that name.</param>
/// <param name="Diagnostics">In the order they were found; with an error among them the macro did not come to its end.</param>
public sealed record MacroResult(string? UniqueId, ImmutableArray<Diagnostic> Diagnostics);

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
