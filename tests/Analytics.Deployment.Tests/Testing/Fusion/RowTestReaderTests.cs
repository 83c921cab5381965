using Analytics.Deployment.Testing.Fusion;

namespace Analytics.Deployment.Tests.Testing.Fusion;

public sealed class RowTestReaderTests
{
    private const string Table = "\"db\".\"s\".\"t\"";

    [Theory]
    [InlineData("select id from T where id is null", "(id is null)", "(id)")]
    [InlineData("select * from T where not (true and n >= 0)", "(not (true and n >= 0))", "")]
    [InlineData("select * from T -- why\nwhere /* so */ n /* * */ < 0 -- end", "(n < 0)", "")]
    [InlineData("(select x.id from T as x where x.id < 0)", "(id < 0)", "(id)")]
    [InlineData("select id, 1 as one from T", "true", "(id)|(1)")]
    [InlineData("select * from T where a is distinct from b", "(a is distinct from b)", "")]
    [InlineData("select a is distinct from b as d from T where a > 0", "(a > 0)", "(a is distinct from b)")]
    [InlineData(
        "select id from (select * from T where n > 1) dbt_subquery where dbt_subquery.id is null",
        "(n > 1) and (id is null)",
        "(id)"
    )]
    [InlineData(
        "with g as (select (n > 1) as e from T), v as (select * from g where not (e = true)) select * from v",
        "(not ((( n > 1)) = true))",
        "((n > 1))"
    )]
    [InlineData(
        "select \"From\", t.\"where\" from T t where \"From\" = 'from'",
        "(\"From\" = 'from')",
        "(\"From\")|(\"where\")"
    )]
    public void A_test_of_each_row_is_a_condition_on_the_relation(string sql, string condition, string checks)
    {
        var row = RowTestReader.Read(sql.Replace("T", Table, StringComparison.Ordinal))!;

        Assert.Equal((Table, false), (row.Relation, row.IsGrouped));
        Assert.Equal(condition.Replace("( ", "(", StringComparison.Ordinal), row.Condition);
        Assert.Equal(checks, string.Join('|', row.Checks));
    }

    [Theory]
    [InlineData(
        "with all_values as (select c as value_field, count(*) as n_records from T group by c) select * from all_values where value_field not in ('a')",
        "((c) not in ('a'))"
    )]
    [InlineData("select c as v, count(*) as n from T where c in ('x') group by c", "(c in ('x'))")]
    [InlineData("select count(*), lower(c) from T where c > '' group by 2", "(c > '')")]
    public void A_group_is_there_when_a_row_is(string sql, string condition)
    {
        var row = RowTestReader.Read(sql.Replace("T", Table, StringComparison.Ordinal))!;

        Assert.True(row.IsGrouped);
        Assert.Equal(condition, row.Condition);
        Assert.Contains(row.Checks, check => check.StartsWith("exists (select (", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("select count(*) from T where id is null")]
    [InlineData("select distinct id from T where id is null")]
    [InlineData("select id from T where id is null limit 1")]
    [InlineData("select id from T where id is null offset 1")]
    [InlineData("select id from T where id is null order by id")]
    [InlineData("select id from T where id is null union all select 1")]
    [InlineData("select id from T where id is null for update")]
    [InlineData("select c from T group by c having count(*) > 1")]
    [InlineData("select c, sum(n) from T group by c")]
    [InlineData("select lower(c) as c from T group by c")]
    [InlineData("select count(*) as n from T group by 1")]
    [InlineData("select c from T group by rollup (c)")]
    [InlineData("with g as (select c, count(*) as n from T group by c) select * from g where n > 1")]
    [InlineData("with g as (select * from T), unused as (select nope from T) select * from g where id < 0")]
    [InlineData("with recursive g as (select * from T) select * from g where id < 0")]
    [InlineData("select a.id from T a join T b on a.id = b.id where a.id is null")]
    [InlineData("select id from T a, T b where a.id is null")]
    [InlineData("select id from only T where id is null")]
    [InlineData("select id from T tablesample system (1) where id is null")]
    [InlineData("select id from T as t (id) where id is null")]
    [InlineData("select id from t where id is null")]
    [InlineData("select id from T where id not in (select id from T)")]
    [InlineData("select id, (select 1) from T where id is null")]
    [InlineData("select row_number() over () from T where id is null")]
    [InlineData("select id from T x where x is null")]
    [InlineData("select id from T where ctid is null")]
    [InlineData("select id from T where id is null;")]
    [InlineData("select id from T; select 1")]
    [InlineData("values (1)")]
    [InlineData("select 1 where false")]
    [InlineData("select from where")]
    [InlineData("delete from T")]
    [InlineData("")]
    public void Anything_else_is_left_alone(string sql) =>
        Assert.Null(RowTestReader.Read(sql.Replace("T", Table, StringComparison.Ordinal)));

    [Fact]
    public void A_query_in_a_query_in_a_query_ends_the_reading_before_the_stack_does()
    {
        var sql = "select * from \"s\".\"t\"";
        for (var i = 0; i < 2000; i++)
        {
            sql = $"select * from ({sql}) q";
        }

        Assert.Null(RowTestReader.Read(sql));
    }

    [Fact]
    public void Functions_are_named_wherever_they_are_called() =>
        Assert.Equal(
            ["lower", "random", "upper"],
            RowTestReader.Read("select upper(a) from s.t where pg_catalog.random() < 0 and lower(b) = ''")!.Functions
        );
}
