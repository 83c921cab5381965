using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class ForeignKeyTests(PostgresFixture postgres)
{
    private const string Keys = """
        select conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated from pg_constraint
        where contype = 'f' order by 1, 2
        """;

    private const string OfTheProject =
        "gold.orders|orders_customer_fkey|FOREIGN KEY (customer) REFERENCES gold.customers(id)|True";

    private static (string, string) Yaml(string key = "{type: foreign_key, to: ref('customers'), to_columns: [id]}") =>
        (
            "models/shop.yml",
            $$$"""
            models:
              - name: customers
                config: {contract: {enforced: true}}
                columns: [{name: id, data_type: int, constraints: [{type: primary_key}]}]
              - name: orders
                config: {contract: {enforced: true}}
                columns: [{name: customer, data_type: int, constraints: [{{{key}}}]}]
            """
        );

    private static (string, string) Customers(string sql, string materialized = "table") =>
        (
            "models/customers.sql",
            $"{{{{ config(materialized='{materialized}', on_schema_change='append_new_columns') }}}} {sql}"
        );

    private static (string, string) Orders(string sql, string materialized = "table") =>
        (
            "models/orders.sql",
            $"{{{{ config(materialized='{materialized}', on_schema_change='append_new_columns') }}}} {sql}"
        );

    private async Task<Workshop> OpenAsync(params (string, string)[] more)
    {
        var shop = await Workshop.OpenAsync(
            postgres,
            Yaml(),
            Customers("select 1 as id"),
            Orders("select 1 as customer")
        );
        shop.Write(more);
        await shop.PublishAsync();
        return shop;
    }

    [Fact]
    public async Task A_key_follows_both_tables_and_each_can_be_replaced_without_the_other()
    {
        await using var shop = await OpenAsync();
        Assert.Equal([OfTheProject], await shop.QueryAsync(Keys));

        foreach (var select in (string[])["", "customers", "orders", ""])
        {
            await shop.PublishAsync(select);
            Assert.Equal([OfTheProject], await shop.QueryAsync(Keys));
        }
    }

    [Fact]
    public async Task A_key_in_the_words_of_sql_leads_to_the_new_table_too()
    {
        await using var shop = await OpenAsync(
            Yaml("{type: foreign_key, expression: gold.customers (id) on delete cascade}"),
            Orders("-- depends_on: {{ ref('customers') }}\nselect 1 as customer")
        );

        await shop.PublishAsync();

        Assert.Equal(
            [OfTheProject.Replace("(id)|", "(id) ON DELETE CASCADE|", StringComparison.Ordinal)],
            await shop.QueryAsync(Keys)
        );
    }

    [Fact]
    public async Task A_row_without_a_counterpart_stops_the_publish_of_either_table()
    {
        await using var shop = await OpenAsync();

        shop.Write(Orders("select 2 as customer"));
        Assert.False(await shop.TryPublishAsync());
        Assert.Contains("orders_customer_fkey", shop.Observer.Diagnostics.Single().Message, StringComparison.Ordinal);

        shop.Write(Orders("select 1 as customer"), Customers("select 3 as id"));
        Assert.False(await shop.TryPublishAsync("customers"));
        Assert.Contains(
            "foreign key \"orders_customer_fkey\" of gold.orders cannot be created again",
            shop.Observer.Diagnostics.Single().Message,
            StringComparison.Ordinal
        );
        Assert.Equal(["1"], await shop.QueryAsync("select id from gold.customers"));
        Assert.Equal([OfTheProject], await shop.QueryAsync(Keys));
    }

    [Theory]
    [InlineData("table", "incremental")]
    [InlineData("incremental", "table")]
    [InlineData("incremental", "incremental")]
    public async Task New_rows_of_one_lead_to_new_rows_of_the_other(string customers, string orders)
    {
        await using var shop = await OpenAsync(
            Customers("select 1 as id", customers),
            Orders("select 1 as customer", orders)
        );
        var added = customers == "table" ? "select 1 as id union select 2" : "select 2 as id";
        shop.Write(Customers(added, customers), Orders("select 2 as customer", orders));

        await shop.PublishAsync();

        Assert.Equal(["1", "2"], await shop.QueryAsync("select id from gold.customers order by 1"));
        Assert.Equal("2", (await shop.QueryAsync("select max(customer) from gold.orders")).Single());
        Assert.Equal([OfTheProject], await shop.QueryAsync(Keys));
    }

    [Fact]
    public async Task A_key_of_somebody_else_survives_with_its_name_and_comment()
    {
        await using var shop = await OpenAsync();
        await shop.ExecuteAsync(
            "create table public.notes (c int constraint \"to Customers\" references gold.customers on delete set null deferrable initially deferred);"
                + "insert into public.notes values (1); comment on constraint \"to Customers\" on public.notes is 'theirs'"
        );

        await shop.PublishAsync();

        Assert.Equal(
            [
                OfTheProject,
                "notes|to Customers|FOREIGN KEY (c) REFERENCES gold.customers(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED|True",
            ],
            await shop.QueryAsync(Keys)
        );
        Assert.Equal(
            ["theirs"],
            await shop.QueryAsync(
                "select obj_description(oid, 'pg_constraint') from pg_constraint where conname = 'to Customers'"
            )
        );
    }

    [Fact]
    public async Task A_key_of_a_table_that_the_role_may_not_alter_stops_the_publish_and_is_named()
    {
        await using var shop = await OpenAsync();
        await shop.AsSuperUserAsync("create table public.notes (c int constraint theirs references gold.customers)");

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains(
            "constraint theirs on table notes",
            shop.Observer.Diagnostics.Single().Message,
            StringComparison.Ordinal
        );
        Assert.Equal("ASQL6005", shop.Observer.Diagnostics.Single().Id);
    }

    [Fact]
    public async Task Keys_are_carried_where_each_node_becomes_visible_by_itself()
    {
        await using var shop = await OpenAsync();
        shop.Mode = CutOverMode.Node;

        await shop.PublishAsync();

        Assert.Equal([OfTheProject], await shop.QueryAsync(Keys));
    }
}
