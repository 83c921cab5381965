using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Tests.Resolving;

public sealed class ContractTests
{
    private const string Promised =
        "[{name: id, data_type: int, constraints: [{type: not_null}]}, {name: b, data_type: text}]";

    [Theory]
    [InlineData("[{name: b, data_type: text}, {name: id, data_type: int, constraints: [{type: not_null}]}]", true)]
    [InlineData("[{name: id, data_type: bigint, constraints: [{type: not_null}]}, {name: b, data_type: text}]", false)]
    [InlineData("[{name: id, data_type: int}, {name: b, data_type: text}]", false)]
    [InlineData("[{name: id, data_type: int, constraints: [{type: unique}]}, {name: b, data_type: text}]", false)]
    [InlineData("[{name: id, data_type: int, constraints: [{type: not_null}]}]", false)]
    public void The_checksum_changes_with_what_is_promised_and_not_with_the_order_of_columns(string columns, bool same)
    {
        Assert.Equal(same, Checksum(Promised) == Checksum(columns));
        Assert.Equal(64, Checksum(columns)!.Length);
    }

    [Fact]
    public void A_contract_that_is_not_enforced_is_none() => Assert.Null(Checksum(Promised, enforced: false));

    private static string? Checksum(string columns, bool enforced = true) =>
        new TestProject()
            .File("models/m.sql", "{{ config(materialized='table') }}select 1 as id, 'b' as b")
            .File(
                "models/m.yml",
                $"models: [{{name: m, config: {{contract: {{enforced: {(enforced ? "true" : "false")}}}}}, columns: {columns}}}]"
            )
            .Compile()
            .Graph.Nodes.OfType<ModelNode>()
            .Single()
            .Contract?.Checksum;
}
