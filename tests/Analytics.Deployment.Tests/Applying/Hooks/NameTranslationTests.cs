using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying.Hooks;

namespace Analytics.Deployment.Tests.Applying.Hooks;

public sealed class NameTranslationTests
{
    private static readonly NameTranslation Names = new(
        new Dictionary<RelationName, RelationName>
        {
            [new RelationName("db", "gold", "a")] = new("db", "gold__next", "a"),
            [new RelationName("db", "gold", "Odd \"name")] = new("db", "gold__next", "Odd \"name"),
        }
    );

    [Theory]
    [InlineData("update gold.a set v = 1", "update \"gold__next\".\"a\" set v = 1")]
    [InlineData("grant select on \"db\".\"gold\".\"a\" to x", "grant select on \"gold__next\".\"a\" to x")]
    [InlineData("select GOLD . A.v from Gold.a", "select \"gold__next\".\"a\".v from \"gold__next\".\"a\"")]
    [InlineData("analyze gold.\"Odd \"\"name\"", "analyze \"gold__next\".\"Odd \"\"name\"")]
    [InlineData("select 'gold.a', $$gold.a$$, $x$gold.a$x$ -- gold.a\n/* /* gold.a */ gold.a */", null)]
    [InlineData("select E'\\'gold.a' from gold.b, \"GOLD\".a, gold.ab, a", null)]
    [InlineData("insert into gold.notes values ('gold.a')", null)]
    [InlineData("select $1, a$b.c, 'open", null)]
    public void Only_names_of_staged_relations_are_replaced(string sql, string? expected)
    {
        Assert.Equal(expected ?? sql, Names.Of(sql));
    }
}
