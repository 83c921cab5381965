using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Incremental;

namespace Analytics.Deployment.Tests.Planning;

public sealed class SchemaChangeTests
{
    [Theory]
    [InlineData("character varying(5)", "character varying(10)", "character varying(10)")]
    [InlineData("character varying(5)", "text", "character varying(256)")]
    [InlineData("character(3)", "character varying(10)", "character varying(10)")]
    [InlineData("character varying(300)", "text", null)]
    [InlineData("character varying(10)", "character varying(5)", null)]
    [InlineData("text", "character varying(300)", null)]
    [InlineData("integer", "bigint", null)]
    [InlineData("character varying(5)", "integer", null)]
    public void Strings_are_widened_as_dbt_does_and_never_narrowed(string live, string query, string? expected)
    {
        Assert.Equal(expected, StringType.Widened(live, query));
    }

    [Fact]
    public void Sync_says_what_is_added_dropped_and_retyped_and_how_the_table_looks_then()
    {
        var (change, _) = SchemaChange.Compare(
            OnSchemaChange.SyncAllColumns,
            Columns("a integer", "gone text", "b integer"),
            Columns("b bigint", "a integer", "fresh date")
        );

        Assert.Equal(["fresh date"], Text(change!.Added));
        Assert.Equal(["gone text"], Text(change.Dropped));
        Assert.Equal(["b bigint"], Text(change.Retyped));
        Assert.Equal(["a integer", "b bigint", "fresh date"], Text(change.Final));
        Assert.Equal(["b bigint", "a integer", "fresh date"], Text(change.Written));
        Assert.True(change.DisturbsViews);
    }

    [Fact]
    public void Append_keeps_types_and_what_is_gone()
    {
        var (change, _) = SchemaChange.Compare(
            OnSchemaChange.AppendNewColumns,
            Columns("a integer", "gone text"),
            Columns("a bigint", "fresh date")
        );

        Assert.Equal(["a integer", "gone text", "fresh date"], Text(change!.Final));
        Assert.Equal(["a integer", "fresh date"], Text(change.Written));
        Assert.False(change.DisturbsViews);
    }

    [Fact]
    public void Fail_accepts_what_only_needs_widening()
    {
        var (change, refusal) = SchemaChange.Compare(
            OnSchemaChange.Fail,
            Columns("a character varying(2)"),
            Columns("a character varying(4)")
        );

        Assert.Null(refusal);
        Assert.Equal(["a character varying(4)"], Text(change!.Retyped));
    }

    private static ImmutableArray<WarehouseColumn> Columns(params string[] columns) =>
        [.. columns.Select(column => new WarehouseColumn(column.Split(' ', 2)[0], column.Split(' ', 2)[1]))];

    private static IEnumerable<string> Text(IEnumerable<WarehouseColumn> columns) =>
        columns.Select(column => $"{column.Name} {column.Type}");
}
