using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Hooks;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>
/// Has a macro make a relation: all that it does happens in one transaction, in which the relation's name is the staged one, and a copy of
/// what is live stands there already where the macro may want it.
/// </summary>
internal sealed class RelationMaker(RunContext context, StepSession session)
{
    private StatementRunner Runner => session.Runner;

    public async Task<StepOutcome> BuildAsync(MakeRelation step)
    {
        var rendered = session.Render(step, step.IsIncremental);
        if (rendered is not { Staged: { } staged, Final: { } final })
        {
            return StepOutcome.Failed(rendered.Diagnostics);
        }

        await Runner.ExecuteAsync("begin", session.CancellationToken).ConfigureAwait(false);
        var committed = false;
        try
        {
            var outcome = await MakeAsync(step, new NodeSql(staged, final, [], rendered.Diagnostics))
                .ConfigureAwait(false);
            if (!outcome.IsRed)
            {
                await Runner.ExecuteAsync("commit", session.CancellationToken).ConfigureAwait(false);
                committed = true;
            }

            return outcome;
        }
        finally
        {
            if (Runner.Connection.FullState.HasFlag(System.Data.ConnectionState.Open))
            {
                if (!committed)
                {
                    await Runner.ExecuteAsync("rollback", CancellationToken.None).ConfigureAwait(false);
                }

                await new HookRunner(context, Runner).ForgetAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<StepOutcome> MakeAsync(MakeRelation step, NodeSql sql)
    {
        if (step is { KeepsOld: true, Old: { } old })
        {
            await new LiveCopy(Runner, session.CancellationToken).MakeAsync(old, step.Staged).ConfigureAwait(false);
        }

        var made = session.Make(step, sql.Staged);
        session.CancellationToken.ThrowIfCancellationRequested();
        if (made.Relations is not { } relations)
        {
            return StepOutcome.Failed([.. sql.Diagnostics, .. made.Diagnostics]) with { Final = sql.Final };
        }

        var told = sql with { Diagnostics = [.. sql.Diagnostics, .. made.Diagnostics] };
        if (Others(step, relations) is { } others)
        {
            return told.Refused(others);
        }

        return await MadeAsync(step, told, made.Rows).ConfigureAwait(false);
    }

    private async Task<StepOutcome> MadeAsync(MakeRelation step, NodeSql sql, long? rows)
    {
        var found = await Runner
            .QueryAsync(
                new Statement(
                    $"""
                    select c.relkind::text, case when c.relkind = 'v' then pg_catalog.pg_get_viewdef(c.oid) end
                    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = {SqlText.Literal(step.Staged.Schema)} and c.relname = {SqlText.Literal(
                        step.Staged.Identifier
                    )}
                    """
                ),
                session.CancellationToken
            )
            .ConfigureAwait(false);
        var kind = found.IsEmpty ? (RelationKind?)null : RelationKindWords.FromLetter(((string)found[0][0]!)[0]);
        var outcome = rows is { } count ? sql.Built(count) : sql.Built(0) with { Message = "created", Rows = null };
        switch (kind)
        {
            case RelationKind.Table:
                await session.RunAsync(step, TableStatements.Analyze(step.Staged)).ConfigureAwait(false);
                return outcome;
            case RelationKind.View:
                var query = Final().Of(((string)found[0][1]!).Trim().TrimEnd(';'));
                return outcome with { Message = "created", Rows = null, View = RenderedSql.Of(query, step.Model.Span) };
            default:
                return sql.Refused(
                    MaterializationDiagnostics.OtherRelation(
                        step.Model.Span,
                        step.Model.Name,
                        kind is { } other
                            ? $"made {other.WithArticle()}, which cannot be cut over: make a table or a view"
                            : $"did not make {step.Staged}, which is what 'this' is while it runs"
                    )
                );
        }
    }

    // Beside the model's own, nothing takes a place among the live relations.
    private static Diagnostic? Others(MakeRelation step, ImmutableArray<RelationName> relations)
    {
        var others = relations
            .Where(relation => relation.Schema == step.Staged.Schema && relation.Identifier != step.Staged.Identifier)
            .Select(relation => relation.Identifier)
            .ToList();
        return others.Count == 0
            ? null
            : MaterializationDiagnostics.OtherRelation(
                step.Model.Span,
                step.Model.Name,
                $"returned {string.Join(", ", others)} beside the relation of the model: only that is cut over"
            );
    }

    // A view is shown with the names of what it reads: where that is staged, it will be elsewhere.
    private NameTranslation Final() =>
        new(
            context
                .Project.Graph.Nodes.Select(node =>
                    node switch
                    {
                        RelationNode relation => (Final: relation.Relation, Now: context.Staged.Of(relation)),
                        FunctionNode function => (Final: function.Relation, Now: context.Staged.Of(function)),
                        _ => default,
                    }
                )
                .Where(pair => pair.Now is not null && pair.Now != pair.Final)
                .DistinctBy(pair => pair.Now)
                .ToImmutableDictionary(pair => pair.Now, pair => pair.Final)
        );
}
