using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Contracts;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>
/// Takes foreign keys away before the tables they lead to are replaced, and gives them to their tables again, on the new ones. The
/// server then checks every row: a table never has a key that its rows do not keep.
/// </summary>
internal sealed class ForeignKeyCarrier(DeploymentPlan plan, StatementRunner runner)
{
    /// <summary>Object ids of the tables that are dropped.</summary>
    public ImmutableArray<uint> Dropped { get; } =
    [
        .. plan
            .CutOver.Select(step =>
                step switch
                {
                    MoveTable move => move.Old,
                    CreateView create => create.Old,
                    CreateMaterializedView create => create.Old,
                    _ => null,
                }
            )
            .Where(old => old is { Kind: Planning.Catalog.RelationKind.Table })
            .Select(old => old!.Oid),
    ];

    /// <summary>
    /// Object ids of tables whose successors may have a key that foreign keys can lead to. Of one that cannot, for all that the project
    /// says, it is known before anything is built.
    /// </summary>
    public static IEnumerable<uint> Ends(IEnumerable<CutOverStep> steps) =>
        steps
            .OfType<MoveTable>()
            .Where(move => move.Old is not null && MayHaveKey(move.Node))
            .Select(move => move.Old!.Oid);

    private static bool MayHaveKey(RelationNode node) =>
        node.Indexes.Any(index => index.Unique)
        || !node.PreHooks.IsEmpty
        || !node.PostHooks.IsEmpty
        || node is ModelNode { Maker: not null }
        || (
            node is ModelNode { Contract: { } contract }
            && contract
                .Constraints.Concat(contract.Columns.SelectMany(column => column.Constraints))
                .Any(constraint =>
                    constraint.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique or ConstraintKind.Custom
                )
        );

    /// <summary>The foreign keys that lead to what is dropped.</summary>
    public Task<ImmutableArray<ForeignKey>> ReadAsync(CancellationToken cancellationToken) =>
        ForeignKeyReader.ReadAsync(runner.Connection, plan.Database, Dropped, cancellationToken);

    /// <summary>Takes them away.</summary>
    public Task DropAsync(ImmutableArray<ForeignKey> keys, CancellationToken cancellationToken) =>
        ExecuteAsync(
            keys.Select(key =>
                $"alter table {SqlText.Local(key.Child)} drop constraint {RelationName.Quote(key.Name)}"
            ),
            cancellationToken
        );

    /// <summary>Makes those again whose tables are still there. All tables have their final names by now.</summary>
    /// <exception cref="RecreateException">A row has no counterpart any more, or the new table has no such key.</exception>
    public async Task RecreateAsync(ImmutableArray<ForeignKey> keys, CancellationToken cancellationToken)
    {
        var dropped = Dropped.ToHashSet();
        foreach (var key in keys.Where(key => !dropped.Contains(key.ChildOid)))
        {
            var child = Final(key.Child);
            var statements = new List<string>
            {
                $"alter table {SqlText.Local(child)} add constraint {RelationName.Quote(key.Name)} {key.Definition}",
            };
            if (key.Comment is not null)
            {
                statements.Add(
                    $"comment on constraint {RelationName.Quote(key.Name)} on {SqlText.Local(child)} is {SqlText.Literal(key.Comment)}"
                );
            }

            try
            {
                await ExecuteAsync(statements, cancellationToken).ConfigureAwait(false);
            }
            catch (StatementException exception)
            {
                throw new RecreateException(
                    exception.Error,
                    exception.Statement,
                    $"foreign key {RelationName.Quote(key.Name)} of {child}"
                );
            }
        }
    }

    private RelationName Final(RelationName table) =>
        plan.CutOver.OfType<MoveTable>()
            .FirstOrDefault(move => move.Staged.Schema == table.Schema && move.Staged.Identifier == table.Identifier)
            ?.Node.Relation
        ?? table;

    private Task ExecuteAsync(IEnumerable<string> statements, CancellationToken cancellationToken) =>
        runner.ExecuteAsync([.. statements.Select(statement => new Statement(statement))], cancellationToken);
}
