namespace Analytics.PgQuery.Tests;

public sealed class PgNodeTests
{
    [Fact]
    public void A_field_is_read_by_its_name()
    {
        var select = Select("select distinct a.b as c from t as x where a > 1 limit 5");
        var target = select.List("targetList")[0];

        Assert.Equal("ResTarget", target.Kind);
        Assert.Equal("c", target.Text("name"));
        Assert.Equal(["a", "b"], target.Node("val").List("fields").Select(field => field.Text("sval")));
        Assert.Equal("t", select.List("fromClause")[0].Text("relname"));
        Assert.True(select.List("fromClause")[0].Boolean("inh"));
        Assert.Equal("x", select.List("fromClause")[0].Node("alias").Text("aliasname"));
        Assert.Equal(5, select.Node("limitCount").Node("ival").Integer("ival"));
        Assert.Equal("SETOP_NONE", select.Text("op"));
        Assert.Equal("Null", select.List("distinctClause")[0].Kind);
    }

    [Fact]
    public void What_is_absent_answers_with_nothing()
    {
        var select = Select("select 1");
        var nothing = select.Node("whereClause").Node("arg").List("fields").FirstOrDefault();

        Assert.True(nothing.IsNull);
        Assert.Equal("", nothing.Kind);
        Assert.Equal(-1, nothing.Location);
        Assert.Null(nothing.Text("sval"));
        Assert.Equal(0, nothing.Integer("ival"));
        Assert.False(nothing.Boolean("inh"));
        Assert.True(nothing.List("args").IsEmpty);
        Assert.Empty(nothing.Descendants());
        Assert.True(nothing.Parent.IsNull);
        Assert.Equal(PgValueType.None, select.Field("whereClause").Type);
    }

    [Theory]
    [InlineData("select a from b", "SelectStmt", "fromClause", "RangeVar")]
    [InlineData("insert into t values (1)", "InsertStmt", "relation", "RangeVar")]
    [InlineData("select 1 union select 2", "SelectStmt", "larg", "SelectStmt")]
    [InlineData("with x as (select 1) select * from x", "SelectStmt", "withClause", "WithClause")]
    [InlineData("create table t partition of u for values in (1)", "CreateStmt", "partbound", "PartitionBoundSpec")]
    [InlineData("alter table t attach partition p default", "PartitionCmd", "name", "RangeVar")]
    [InlineData("select a::int", "TypeCast", "typeName", "TypeName")]
    [InlineData("select json_arrayagg(x)", "JsonArrayAgg", "arg", "JsonValueExpr")]
    public void A_node_that_is_written_without_its_kind_has_it(string sql, string parent, string field, string kind)
    {
        var node = Root(sql).Descendants().First(candidate => candidate.Is(parent));
        var value = node.Field(field);

        Assert.Equal(kind, value.Type == PgValueType.List ? value.List[0].Kind : value.Node.Kind);
    }

    [Fact]
    public void Locations_are_utf16_offsets()
    {
        const string sql = "select 'é𝄞', größe as \"𝄞\" from täble where x = 'é' and y::int in (1, 2)";
        var tree = Tree(sql);
        var located = tree.Statements[0].Node.Descendants().Where(node => node.Is("ColumnRef")).ToList();

        Assert.Equal(["größe", "x", "y"], located.Select(node => node.List("fields")[0].Text("sval")));
        Assert.All(located, node => Assert.StartsWith(node.List("fields")[0].Text("sval")!, sql[node.Location..]));
        var table = tree.Statements[0].Node.List("fromClause")[0];
        Assert.Equal(sql.IndexOf("täble", StringComparison.Ordinal), table.Location);
        var list = tree.Statements[0].Node.Descendants().First(node => node.Text("kind") == "AEXPR_IN");
        Assert.Equal(sql.LastIndexOf('('), list.Integer("rexpr_list_start"));
        Assert.Equal(sql.LastIndexOf(')'), list.Integer("rexpr_list_end"));
    }

    [Fact]
    public void A_location_at_the_very_beginning_is_zero_and_not_absent() =>
        Assert.Equal(0, Select("with x as (select 1) select * from x").Node("withClause").Location);

    [Fact]
    public void Statements_have_their_place_without_the_white_space_around_them()
    {
        const string sql = "  select 'é𝄞' ;\n-- about b\nselect 2 -- still b\n ; ;select 3  ";

        Assert.Equal(
            ["select 'é𝄞'", "select 2 -- still b", "select 3"],
            Tree(sql).Statements.Select(statement => sql.Substring(statement.Start, statement.Length))
        );
    }

    [Fact]
    public void Descendants_come_after_their_parents_and_lie_below_the_node()
    {
        var select = Select("select case when a then b else f(c, d) end from x join y on x.i = y.i");
        var seen = new HashSet<PgNode> { select };
        foreach (var node in select.Descendants())
        {
            Assert.Contains(node.Parent, seen);
            Assert.True(node.Index > node.Parent.Index);
            Assert.Contains(node, node.Parent.Children);
            Assert.True(seen.Add(node));
        }

        Assert.Equal(["targetList", "fromClause"], select.Children.Select(child => child.FieldOfParent));
    }

    [Fact]
    public void Fields_are_those_that_are_present()
    {
        var names = new List<string>();
        foreach (var field in Select("select 1 from t").Fields)
        {
            names.Add(field.Name);
        }

        Assert.Equal(["targetList", "fromClause", "limitOption", "op"], names);
    }

    [Fact]
    public void A_node_is_found_again_by_its_index()
    {
        var tree = Tree("select a, b from t");

        Assert.All(tree.Statements[0].Node.Descendants(), node => Assert.Equal(node, tree.NodeAt(node.Index)));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.NodeAt(tree.IndexLimit));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.NodeAt(-1));
    }

    [Fact]
    public void Text_with_escapes_in_the_output_of_the_parser_comes_back_as_it_was()
    {
        const string value = "tab\t \"quotes\" \\ back\u0001 é𝄞 </x>";
        var constant = Select($"select '{value}'").Descendants().First(node => node.Is("A_Const"));

        Assert.Equal(value, constant.Node("sval").Text("sval"));
    }

    private static PgSyntaxTree Tree(string sql)
    {
        var result = PgParser.Parse(sql);
        Assert.True(result.IsValid, result.Error?.Message);
        return result.Tree;
    }

    private static PgNode Select(string sql) => Tree(sql).Statements[0].Node;

    private static PgNode Root(string sql) => Select(sql).Parent;
}
