using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.UnitTesting;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.PgQuery;

namespace Analytics.Compiler.Parsing;

/// <summary>Renders every node without a database and has PostgreSQL's parser read the result.</summary>
internal static class ModelParser
{
    // In characters; a message that quotes no more than a name is far below.
    private const int MostOfAMessage = 120;

    /// <summary>
    /// Parses models, snapshots and tests; of an incremental model both branches of <c>is_incremental()</c>, so that an
    /// error in the branch that runs tomorrow is found today. Unit tests are rendered with what they override. Analyses and hooks may hold any SQL: they are rendered.
    /// </summary>
    /// <param name="graph">All nodes.</param>
    /// <param name="renderer">Renders them.</param>
    /// <param name="known">SQL that has been parsed before.</param>
    /// <param name="cancellationToken">Ends the work with <see cref="OperationCanceledException"/>.</param>
    public static ParsedModels Parse(
        ModelGraph graph,
        INodeRenderer renderer,
        ParseCache known,
        CancellationToken cancellationToken
    )
    {
        var work = graph
            .Nodes.Where(node =>
                node
                    is ModelNode
                        or SnapshotNode
                        or TestNode
                        or UnitTestNode
                        or AnalysisNode
                        or OperationNode
                        or FunctionNode
            )
            .SelectMany(node =>
                node is ModelNode { Materialization: Materialization.Incremental }
                    ? [new Work(node, false), new Work(node, true)]
                    : new[] { new Work(node, false) }
            )
            .ToList();
        var results = new Outcome[work.Count];
        PgParser.ForEach(
            work.Count,
            index =>
                results[index] = work[index].Node is UnitTestNode test
                    ? new Outcome(null, UnitTestChecks.Find(test, graph, renderer, cancellationToken), null)
                    : Parse(work[index].Node, work[index].IsIncremental, renderer, known, cancellationToken),
            cancellationToken
        );
        return new ParsedModels(
            [.. results.Select(result => result.Model).OfType<ParsedModel>()],
            [.. results.SelectMany(result => result.Diagnostics).Distinct()],
            ParseCache.Of(results.Select(result => result.Key).OfType<string>())
        );
    }

    private static Outcome Parse(
        GraphNode node,
        bool isIncremental,
        INodeRenderer renderer,
        ParseCache known,
        CancellationToken cancellationToken
    )
    {
        var scope = new RenderScope(FinalRelations.Instance, isIncremental, false, NoWarehouse.Instance, false);
        var rendered = renderer.Render(node, scope, cancellationToken);
        if (rendered.Sql is not { } sql)
        {
            return rendered.AskedDatabase ? Unknown(node, rendered) : new Outcome(null, rendered.Diagnostics, null);
        }

        if (node is AnalysisNode or OperationNode)
        {
            return new Outcome(new ParsedModel(node, sql, isIncremental), rendered.Diagnostics, null);
        }

        if (node is FunctionNode function)
        {
            return Function(function, sql, rendered);
        }

        var key = ParseCache.KeyOf(sql.Text);
        if (known.Knows(key))
        {
            return new Outcome(new ParsedModel(node, sql, isIncremental), rendered.Diagnostics, key);
        }

        var diagnostics = rendered.Diagnostics.ToList();
        var result = PgParser.Parse(sql.Text);
        if (rendered.AskedDatabase && (result.Tree is null || Misfit(result.Tree) is not null))
        {
            return Unknown(node, rendered);
        }

        if (result.Tree is not { } tree)
        {
            diagnostics.Add(Error(sql, result.Error!, isIncremental));
            return new Outcome(null, diagnostics, null);
        }

        if (Semicolon(tree) is { } semicolon)
        {
            var (span, related) = sql.Locate(semicolon);
            diagnostics.Add(SqlDiagnostics.NotOneSelect(span, node.Name, "a ';' behind it") with { Related = related });
            return new Outcome(null, diagnostics, null);
        }

        if (Misfit(tree) is { } found)
        {
            if (found.Length == 0)
            {
                diagnostics.Add(SqlDiagnostics.Empty(node.Span, node.Name));
            }
            else
            {
                var start = tree.Statements.Length > 1 ? SecondStatement(tree) : 0;
                var (span, related) = sql.Locate(start);
                diagnostics.Add(SqlDiagnostics.NotOneSelect(span, node.Name, found) with { Related = related });
            }

            return new Outcome(null, diagnostics, null);
        }

        return new Outcome(new ParsedModel(node, sql, isIncremental), diagnostics, key);
    }

    // The body may be a bare expression in other warehouses; here it is SQL, and what is around it is checked as well.
    private static Outcome Function(FunctionNode node, RenderedSql sql, RenderResult rendered)
    {
        var body = PgParser.Parse(sql.Text);
        if (body.Error is { } error && !rendered.AskedDatabase)
        {
            return new Outcome(null, rendered.Diagnostics.Add(Error(sql, error, false)), null);
        }

        var (prefix, suffix) = node.Signature.Around(node.Relation, string.Empty, replace: false);
        var whole = PgParser.Parse(prefix + suffix);
        return whole.Error is { } wrong
            ? new Outcome(
                null,
                rendered.Diagnostics.Add(FunctionDiagnostics.Declaration(node.Span, node.Name, wrong.Message)),
                null
            )
            : new Outcome(new ParsedModel(node, sql, false), rendered.Diagnostics, null);
    }

    // What came out without the database's answers says nothing about what comes out with them.
    private static Outcome Unknown(GraphNode node, RenderResult rendered) =>
        new(null, rendered.Diagnostics.Add(SqlDiagnostics.NotKnownYet(node.Span, node.Name)), null);

    private static Diagnostic Error(RenderedSql sql, PgSyntaxError error, bool isIncremental)
    {
        var (span, related) = sql.Locate(error.Position, error.Length ?? 1);
        var context = isIncremental ? "when is_incremental() is true" : null;
        return SqlDiagnostics.Syntax(span, Short(error.Message), context) with { Related = related };
    }

    // What is not closed is quoted by the parser to the end of the SQL.
    private static string Short(string message) =>
        message.Length <= MostOfAMessage ? message : $"{message[..MostOfAMessage].TrimEnd()}…\"";

    // Null when it is one SELECT; empty when it is nothing; else what it is.
    private static string? Misfit(PgSyntaxTree tree) =>
        tree.Statements switch
        {
            [] => string.Empty,
            [var only] => only.Node.Is("SelectStmt") ? null : $"a statement of the kind {only.Node.Kind}",
            var several => FormattableString.Invariant($"{several.Length} statements"),
        };

    // The statement is put into another one, 'create view … as ( )', where nothing may end it.
    private static int? Semicolon(PgSyntaxTree tree)
    {
        if (
            !tree.Sql.Contains(';', StringComparison.Ordinal)
            || tree.Statements is not [var only]
            || !only.Node.Is("SelectStmt")
        )
        {
            return null;
        }

        foreach (var token in PgParser.Scan(tree.Sql).Tokens)
        {
            if (token.Length == 1 && tree.Sql[token.Start] == ';' && token.Kind == PgTokenKind.Punctuation)
            {
                return token.Start;
            }
        }

        return null;
    }

    private static int SecondStatement(PgSyntaxTree tree)
    {
        var start = tree.Statements[1].Start;
        while (start < tree.Sql.Length && char.IsWhiteSpace(tree.Sql[start]))
        {
            start++;
        }

        return start;
    }

    private sealed record Work(GraphNode Node, bool IsIncremental);

    // The key is that of the SQL when it is right.
    private sealed record Outcome(ParsedModel? Model, IEnumerable<Diagnostic> Diagnostics, string? Key);
}
