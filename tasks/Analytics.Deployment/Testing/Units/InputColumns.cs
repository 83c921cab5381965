using System.Collections.Immutable;
using Analytics.Compiler.Loading.Seeds;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Applying.Building;

namespace Analytics.Deployment.Testing.Units;

/// <summary>
/// Finds the columns and types of what a unit test gives rows for: of the relation that this publish has built, else of the live one, else
/// of the query that would make it, else what the project says of them.
/// </summary>
/// <param name="context">Knows where nodes are built.</param>
/// <param name="runner">The connection.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class InputColumns(RunContext context, StatementRunner runner, CancellationToken cancellationToken)
{
    /// <summary>The columns of an input.</summary>
    /// <param name="node">What rows are given for.</param>
    /// <param name="isThis">Whether it is the tested model itself, whose live relation counts.</param>
    /// <param name="comment">What each statement begins with.</param>
    public async Task<FixtureColumns> OfAsync(RelationNode node, bool isThis, string comment)
    {
        if (node is not ModelNode { Materialization: Materialization.Ephemeral })
        {
            var place = isThis ? node.Relation : context.Staged.Of(node);
            var found = await runner.ColumnsAsync(place, cancellationToken).ConfigureAwait(false);
            if (!found.IsEmpty)
            {
                return FixtureColumns.Of(found);
            }
        }

        return node switch
        {
            SeedNode seed when SeedReader.Read(seed.Resource, seed.Settings).Table is { } table => new FixtureColumns(
                [.. table.Columns.Select(column => new FixtureColumn(column.Name, column.PostgresType))],
                true
            ),
            ModelNode model when await QueryAsync(model, comment).ConfigureAwait(false) is { IsEmpty: false } columns =>
                FixtureColumns.Of(columns),
            _ => new FixtureColumns(
                [.. node.Columns.Select(column => new FixtureColumn(column.Name, column.DataType))],
                false
            ),
        };
    }

    // It may read what is not there: then the query says nothing.
    private async Task<ImmutableArray<WarehouseColumn>> QueryAsync(ModelNode model, string comment)
    {
        var scope = new RenderScope(
            context.Staged,
            false,
            context.FullRefresh,
            new PostgresWarehouse(runner.Connection, canWrite: false, cancellationToken),
            Execute: true
        );
        if (context.Project.Renderer.Render(model, scope, cancellationToken).Sql is not { } sql)
        {
            return [];
        }

        try
        {
            return await runner
                .DescribeAsync(Statement.Around(comment, sql, string.Empty), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StatementException)
        {
            return [];
        }
    }
}
