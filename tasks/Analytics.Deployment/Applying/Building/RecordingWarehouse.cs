using System.Collections.Immutable;
using Analytics.Compiler.Rendering;

namespace Analytics.Deployment.Applying.Building;

/// <summary>
/// Remembers what a template was told. The same template is rendered again with final names before the new relations have these
/// names: it asks the same questions in the same order, and must get the same answers.
/// </summary>
/// <param name="warehouse">Who answers the first time.</param>
internal sealed class RecordingWarehouse(IWarehouse warehouse) : IWarehouse
{
    private readonly List<object?> answers = [];

    public bool CanWrite => warehouse.CanWrite;

    public string? RelationKind(string schema, string identifier) =>
        Remember(warehouse.RelationKind(schema, identifier));

    public ImmutableArray<WarehouseColumn> Columns(string schema, string identifier) =>
        Remember(warehouse.Columns(schema, identifier));

    public WarehouseRows Query(string sql) => Remember(warehouse.Query(sql));

    /// <summary>Gives the answers again, in order; a question that was not asked before goes to the database.</summary>
    public IWarehouse Replay() => new Replayed(warehouse, new Queue<object?>(answers));

    private T Remember<T>(T answer)
    {
        answers.Add(answer);
        return answer;
    }

    private sealed class Replayed(IWarehouse warehouse, Queue<object?> answers) : IWarehouse
    {
        public bool CanWrite => warehouse.CanWrite;

        public string? RelationKind(string schema, string identifier) =>
            answers.TryPeek(out var next) && next is null or string
                ? (string?)answers.Dequeue()
                : warehouse.RelationKind(schema, identifier);

        public ImmutableArray<WarehouseColumn> Columns(string schema, string identifier) =>
            answers.TryPeek(out var next) && next is ImmutableArray<WarehouseColumn>
                ? (ImmutableArray<WarehouseColumn>)answers.Dequeue()!
                : warehouse.Columns(schema, identifier);

        public WarehouseRows Query(string sql) =>
            answers.TryPeek(out var next) && next is WarehouseRows
                ? (WarehouseRows)answers.Dequeue()!
                : warehouse.Query(sql);
    }
}
