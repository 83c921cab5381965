using Analytics.Compiler.Resolving.Contracts;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class ContractTests(PostgresFixture postgres)
{
    private const string Constraints = """
        select conname, pg_get_constraintdef(oid) from pg_constraint
        where conrelid = 'gold.people'::regclass and contype <> 'n' order by conname
        """;

    private static (string, string) Yaml(string columns, string constraints = "[]") =>
        (
            "models/people.yml",
            $$$"""
            models:
              - name: people
                config: {contract: {enforced: true}}
                constraints: {{{constraints}}}
                columns: {{{columns}}}
            """
        );

    private static (string, string) Model(string sql, string config = "materialized='table'") =>
        ("models/people.sql", $"{{{{ config({config}) }}}} {sql}");

    private Task<Workshop> OpenAsync(params (string, string)[] files) => Workshop.OpenAsync(postgres, files);

    private static async Task<string> RefusedAsync(Workshop shop)
    {
        Assert.False(await shop.TryPublishAsync());
        return Assert.Single(shop.Observer.Diagnostics).ToString();
    }

    [Fact]
    public async Task A_table_has_the_columns_and_constraints_of_its_contract_in_its_order_under_final_names()
    {
        await using var shop = await OpenAsync(
            Yaml(
                "[{name: id, data_type: integer, constraints: [{type: not_null}, {type: primary_key}, {type: check, expression: id > 0}]},"
                    + " {name: email, data_type: varchar(20), constraints: [{type: unique}]}, {name: Day, quote: true, data_type: date}]",
                "[{type: check, name: short, expression: length(email) < 10}, {type: unique, columns: [id, email]}, {type: custom, expression: 'check (id < 100)'}]"
            ),
            Model("select 'a' as email, date '2024-01-02' as \"Day\", 1 as id")
        );

        await shop.PublishAsync();
        await shop.PublishAsync();

        Assert.Equal(["1|a|2024-01-02"], await shop.QueryAsync("select id, email, \"Day\"::text from gold.people"));
        Assert.Equal(
            [
                "people_email_key|UNIQUE (email)",
                "people_id_check|CHECK ((id > 0))",
                "people_id_check1|CHECK ((id < 100))",
                "people_id_email_key|UNIQUE (id, email)",
                "people_pkey|PRIMARY KEY (id)",
                "short|CHECK ((length((email)::text) < 10))",
            ],
            await shop.QueryAsync(Constraints)
        );
        Assert.Equal(
            ["id|integer|NO", "email|character varying|YES", "Day|date|YES"],
            await shop.QueryAsync(
                "select column_name, data_type, is_nullable from information_schema.columns where table_name = 'people' order by ordinal_position"
            )
        );
        Assert.Equal(1, shop.Observer.Results.Single().RowsAffected);
    }

    [Fact]
    public async Task A_query_that_gives_other_columns_is_refused_with_all_that_differs()
    {
        await using var shop = await OpenAsync(
            Yaml("[{name: id, data_type: integer}, {name: email, data_type: text}, {name: colour, data_type: text}]"),
            Model("select 'x' as id, 'a'::varchar(3) as email, 2 as size")
        );

        Assert.Equal(
            "models/people.yml(5,22,5,24): error ASQL6023: the model 'people' has an enforced contract that failed: "
                + "column 'id' is text in the query, but integer in the contract; column 'colour' is missing in the query; "
                + "column 'size' (integer) is missing in the contract",
            await RefusedAsync(shop)
        );
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task A_type_that_the_server_does_not_know_is_reported_at_its_column()
    {
        await using var shop = await OpenAsync(
            Yaml("[{name: id, data_type: integer}, {name: email, data_type: strung}]"),
            Model("select 1 as id, 'a' as email")
        );

        Assert.Contains(
            "(5,54,5,59): error ASQL6023: the model 'people' has an enforced contract that failed: the type strung of column 'email' cannot be used",
            await RefusedAsync(shop),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("view")]
    [InlineData("incremental', on_schema_change='fail")]
    public async Task Views_and_the_later_runs_of_incremental_models_are_held_against_it_too(string materialized)
    {
        var yaml = Yaml("[{name: id, data_type: string}]");
        await using var shop = await OpenAsync(yaml, Model("select 'a'::text as id", $"materialized='{materialized}'"));
        await shop.PublishAsync();

        shop.Write(Model("select 1 as id", $"materialized='{materialized}'"));

        Assert.Contains(
            "column 'id' is integer in the query, but text",
            await RefusedAsync(shop),
            StringComparison.Ordinal
        );
        Assert.Equal("a", (await shop.QueryAsync("select distinct id from gold.people")).Single());
    }

    [Fact]
    public async Task An_incremental_model_keeps_its_constraints_and_a_row_that_breaks_one_leaves_the_old_table()
    {
        var yaml = Yaml("[{name: id, data_type: int, constraints: [{type: not_null}, {type: primary_key}]}]");
        const string Config = "materialized='incremental', on_schema_change='append_new_columns'";
        await using var shop = await OpenAsync(yaml, Model("select 1 as id", Config));
        await shop.PublishAsync();

        shop.Write(Model("select 1 as id union all select 2", Config));

        Assert.Contains("people_pkey", await RefusedAsync(shop), StringComparison.Ordinal);
        Assert.Equal(["1"], await shop.QueryAsync("select id from gold.people"));
        Assert.Equal(["people_pkey|PRIMARY KEY (id)"], await shop.QueryAsync(Constraints));
    }

    [Fact]
    public async Task A_null_where_the_contract_allows_none_stops_the_publish()
    {
        await using var shop = await OpenAsync(
            Yaml("[{name: id, data_type: int, constraints: [{type: not_null}]}]"),
            Model("select 1 as id")
        );
        await shop.PublishAsync();
        shop.Write(Model("select null::int as id"));

        Assert.Contains("null value in column \"id\"", await RefusedAsync(shop), StringComparison.Ordinal);
        Assert.Equal(["1"], await shop.QueryAsync("select id from gold.people"));
    }

    [Fact]
    public void A_constraint_without_what_it_needs_becomes_nothing()
    {
        var check = new ConstraintDefinition(ConstraintKind.Check, "n", "", null, [], ["a"], default);

        Assert.Empty(ConstraintSql.OfColumn(check));
        Assert.Empty(ConstraintSql.OfTable(check));
        Assert.Empty(ConstraintSql.OfTable(check with { Kind = ConstraintKind.NotNull, Expression = "x" }));
        Assert.Equal(
            "constraint n foreign key (a) references s.t (id) on delete cascade",
            ConstraintSql.OfTable(
                check with
                {
                    Kind = ConstraintKind.ForeignKey,
                    To = "s.t",
                    ToColumns = ["id"],
                    Expression = "on delete cascade",
                }
            )
        );
    }
}
