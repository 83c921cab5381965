using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class MergeTests(PostgresFixture postgres)
{
    private const string Sources = """
        sources:
          - name: raw
            schema: raw
            tables: [{name: events}]
        """;

    private static readonly (string, string) Copy = (
        "models/copy.sql",
        "{{ config(materialized='table') }} select * from {{ ref('inc') }}"
    );

    private static string Model(string config, string columns = "id, v, at") =>
        "{{ config(materialized='incremental', incremental_strategy='merge', "
        + config
        + ") }} select "
        + columns
        + " from {{ source('raw', 'events') }} {% if is_incremental() %} where at > 2 {% endif %}";

    private async Task<Workshop> OpenAsync(string model)
    {
        var shop = await Workshop.OpenAsync(postgres, ("models/sources.yml", Sources), ("models/inc.sql", model), Copy);
        await shop.ExecuteAsync(
            "create schema raw; create table raw.events (id int, v text, at int); insert into raw.events values (1, 'a', 1), (2, 'b', 2), (null, 'n', 2)"
        );
        await shop.PublishAsync();
        return shop;
    }

    // What was built on the view of the table as it will be is what the table then is.
    private static async Task<IReadOnlyList<string>> RowsAsync(Workshop shop, string columns = "id, v, at")
    {
        var rows = await shop.QueryAsync($"select {columns} from gold.inc order by id, at");
        Assert.Equal(rows, await shop.QueryAsync($"select {columns} from gold.copy order by id, at"));
        return rows;
    }

    [Fact]
    public async Task Rows_whose_key_comes_again_are_updated_in_place_and_others_inserted()
    {
        await using var shop = await OpenAsync(Model("unique_key='id'"));
        await shop.ExecuteAsync("insert into raw.events values (2, 'B', 3), (3, 'c', 3), (null, 'N', 3)");

        await shop.PublishAsync();

        Assert.Equal(["1|a|1", "2|B|3", "3|c|3", "|n|2", "|N|3"], await RowsAsync(shop));
        Assert.Equal(3, shop.Observer.Results.Single(result => result.Kind == "incremental").RowsAffected);
    }

    [Theory]
    [InlineData("merge_update_columns=['V']", "2|B|2")]
    [InlineData("merge_exclude_columns='V'", "2|b|3")]
    public async Task Only_some_columns_are_updated(string config, string expected)
    {
        await using var shop = await OpenAsync(Model($"unique_key=['id'], {config}"));
        await shop.ExecuteAsync("insert into raw.events values (2, 'B', 3), (4, 'd', 4)");

        await shop.PublishAsync();

        Assert.Equal(["1|a|1", expected, "4|d|4", "|n|2"], await RowsAsync(shop));
    }

    [Fact]
    public async Task Predicates_are_part_of_the_match_and_what_they_keep_out_is_inserted()
    {
        await using var shop = await OpenAsync(
            Model(
                "unique_key='id', incremental_predicates=['DBT_INTERNAL_DEST.at > 1 or DBT_INTERNAL_SOURCE.v = \\'x\\'']"
            )
        );
        await shop.ExecuteAsync("insert into raw.events values (1, 'A', 5), (2, 'B', 5)");

        await shop.PublishAsync();

        Assert.Equal(["1|a|1", "1|A|5", "2|B|5", "|n|2"], await RowsAsync(shop));
    }

    [Fact]
    public async Task Without_a_key_every_row_is_inserted()
    {
        await using var shop = await OpenAsync(Model("tags=[]"));
        await shop.ExecuteAsync("insert into raw.events values (2, 'B', 3)");

        await shop.PublishAsync();

        Assert.Equal(["1|a|1", "2|b|2", "2|B|3", "|n|2"], await RowsAsync(shop));
    }

    [Fact]
    public async Task Two_new_rows_for_the_same_old_one_are_refused_before_the_cut_over()
    {
        await using var shop = await OpenAsync(Model("unique_key='id'"));
        await shop.ExecuteAsync("insert into raw.events values (7, 'x', 3), (7, 'y', 3), (2, 'B', 3), (2, 'C', 4)");

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("two new rows have the unique key of the same old row: 2", Assert.Single(shop.Observer.Errors));
        Assert.Equal(["1|a|1", "2|b|2", "|n|2"], await RowsAsync(shop));

        // Two that meet no old one are inserted, as with dbt.
        await shop.ExecuteAsync("delete from raw.events where v = 'C'");
        await shop.PublishAsync();
        Assert.Equal(
            ["1|a|1", "2|B|3", "7|x|3", "7|y|3", "|n|2"],
            await shop.QueryAsync("select id, v, at from gold.inc order by id, v")
        );
    }

    [Fact]
    public async Task A_column_that_is_updated_and_not_there_is_refused()
    {
        await using var shop = await OpenAsync(Model("unique_key='id', merge_update_columns=['nothing']"));
        await shop.ExecuteAsync("insert into raw.events values (2, 'B', 3)");

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("nothing does not exist", Assert.Single(shop.Observer.Errors));
    }

    [Fact]
    public async Task New_columns_and_new_types_are_part_of_the_merge()
    {
        const string Sync = "unique_key='id', on_schema_change='sync_all_columns'";
        await using var shop = await OpenAsync(Model(Sync));
        shop.Write(("models/inc.sql", Model(Sync, "id::bigint as id, at, upper(v) as \"Big\"")));
        await shop.ExecuteAsync("insert into raw.events values (2, 'z', 5)");

        await shop.PublishAsync();

        Assert.Equal(["1|1|", "2|5|Z", "|2|"], await RowsAsync(shop, "id, at, \"Big\""));
    }
}
