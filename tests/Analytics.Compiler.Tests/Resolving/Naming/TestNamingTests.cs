namespace Analytics.Compiler.Tests.Resolving.Naming;

public sealed class TestNamingTests
{
    // The ids that dbt gives in its tutorial project, jaffle_shop, whatever adapter runs it.
    [Theory]
    [InlineData("unique_customers_customer_id.c5af1ff4b1")]
    [InlineData("not_null_customers_customer_id.5c9bf9911d")]
    [InlineData("relationships_orders_customer_id__customer_id__ref_customers_.c6ec7f58f2")]
    [InlineData("accepted_values_orders_status__placed__shipped__completed__return_pending__returned.be6b5b5ec3")]
    public void A_generic_test_has_the_id_that_dbt_gives_it(string id)
    {
        var compiled = new TestProject()
            .File("dbt_project.yml", "name: jaffle_shop\nversion: '1.0'\n")
            .File("models/customers.sql", "select 1 as customer_id")
            .File("models/orders.sql", "select 1 as customer_id, 'placed' as status")
            .File(
                "models/schema.yml",
                """
                models:
                  - name: customers
                    columns:
                      - name: customer_id
                        tests: [unique, not_null]
                  - name: orders
                    columns:
                      - name: customer_id
                        tests:
                          - relationships:
                              to: ref('customers')
                              field: customer_id
                      - name: status
                        tests:
                          - accepted_values:
                              values: ['placed', 'shipped', 'completed', 'return_pending', 'returned']
                """
            )
            .Compile();

        Assert.Contains(compiled.Graph!.Nodes, node => node.UniqueId == $"test.jaffle_shop.{id}");
    }

    [Fact]
    public void A_quoted_column_is_quoted_in_its_tests()
    {
        var project = new TestProject()
            .File("models/a.sql", "select 1 as \"One\"")
            .File("models/_m.yml", "models: [{name: a, columns: [{name: One, quote: true, data_tests: [unique]}]}]")
            .Compile();
        var test = project.Graph.Nodes.Single(node => node.Name.StartsWith("unique", StringComparison.Ordinal));

        Assert.Equal("unique_a__One_", test.Name);
        Assert.Contains("group by \"One\"", TestProject.Render(project, test.UniqueId).Text, StringComparison.Ordinal);
    }
}
