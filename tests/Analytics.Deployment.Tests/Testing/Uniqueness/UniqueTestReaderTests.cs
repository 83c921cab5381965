using Analytics.Deployment.Testing.Uniqueness;

namespace Analytics.Deployment.Tests.Testing.Uniqueness;

public sealed class UniqueTestReaderTests
{
    private const string Table = "\"db\".\"s\".\"t\"";

    [Theory]
    [InlineData(
        "select id as unique_field, count(*) as n_records from T where id is not null group by id having count(*) > 1",
        "id",
        "id"
    )]
    [InlineData("with v as (select a, b from T group by a, b having count(*) > 1) select * from v", "a|b", "")]
    [InlineData("select * from (select a, \"B\" from T group by 1, 2 having count(*) > 2) x", "B|a", "")]
    [InlineData(
        "select x.id from T x where x.id is not null and x.b is not null group by x.id having count(*) > 1",
        "id",
        "b|id"
    )]
    [InlineData(
        "select id, count(*) from (select * from T where b is not null) dbt_subquery where id is not null group by id having count(*) > 1",
        "id",
        "b|id"
    )]
    [InlineData("with r as (select * from T) select id from r group by id having count(*) > 1", "id", "")]
    public void Groups_of_more_than_one_row_are_what_a_test_of_uniqueness_looks_for(
        string sql,
        string columns,
        string filled
    )
    {
        var test = UniqueTestReader.Read(sql.Replace("T", Table, StringComparison.Ordinal))!;

        Assert.Equal(Table, test.Relation);
        Assert.Equal(columns, string.Join('|', test.Columns));
        Assert.Equal(filled, string.Join('|', test.NotNull));
    }

    [Theory]
    [InlineData("select id from T group by id having count(*) > 0")]
    [InlineData("select id from T group by id having count(*) >= 1")]
    [InlineData("select id from T group by id having count(id) > 1")]
    [InlineData("select id from T group by id having count(*) filter (where id > 1) > 1")]
    [InlineData("select id from T group by id")]
    [InlineData("select count(*) from T having count(*) > 1")]
    [InlineData("select lower(id) from T group by lower(id) having count(*) > 1")]
    [InlineData("select 1 / id from T group by id having count(*) > 1")]
    [InlineData("select id from T where b > 1 group by id having count(*) > 1")]
    [InlineData("select id from T where id is not null or b is not null group by id having count(*) > 1")]
    [InlineData("select id from T where id is null group by id having count(*) > 1")]
    [InlineData("select id from T, T as u group by id having count(*) > 1")]
    [InlineData("select id from (select * from T union all select * from T) u group by id having count(*) > 1")]
    [InlineData("select id from (select b as id from T) u group by id having count(*) > 1")]
    [InlineData("select id from (select distinct * from T) u group by id having count(*) > 1")]
    [InlineData("select id from T group by rollup (id) having count(*) > 1")]
    [InlineData("select id from only T group by id having count(*) > 1")]
    [InlineData("select id from T tablesample system (10) group by id having count(*) > 1")]
    [InlineData("select id from t group by id having count(*) > 1")]
    [InlineData("select t.t from T group by t having count(*) > 1")]
    [InlineData("select * from (select id from T group by id having count(*) > 1) x where id > 5")]
    [InlineData("select count(*) from (select id from T group by id having count(*) > 1) x")]
    [InlineData("with recursive v as (select id from T group by id having count(*) > 1) select * from v")]
    [InlineData("select id from T group by id having count(*) > 1 union all select 1")]
    [InlineData("select id from T group by 7 having count(*) > 1")]
    [InlineData("select id from T group by id having count(*) > 1; select 1")]
    [InlineData("this is no SQL")]
    public void What_asks_anything_else_is_run(string sql) =>
        Assert.Null(UniqueTestReader.Read(sql.Replace("T", Table, StringComparison.Ordinal)));
}
