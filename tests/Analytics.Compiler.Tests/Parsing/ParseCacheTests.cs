using System.Buffers;
using Analytics.Compiler.Parsing;

namespace Analytics.Compiler.Tests.Parsing;

public sealed class ParseCacheTests
{
    [Fact]
    public void A_build_gives_the_same_with_what_an_earlier_one_has_parsed()
    {
        var project = new TestProject()
            .File("models/a.sql", "select 1 as id")
            .File("models/a.yml", "models:\n  - name: a\n    columns: [{name: id, data_tests: [unique]}]\n");
        var first = project.Build();

        var second = project.Build(first.Parsed);

        Assert.Equal(2, first.Parsed.Count);
        Assert.Equal(first.Artifact!.Value.ToArray(), second.Artifact!.Value.ToArray());
        Assert.Equal(first.Parsed.Lines(), second.Parsed.Lines());
    }

    [Fact]
    public void What_is_known_is_not_parsed_again()
    {
        const string wrong = "selec 1";
        var known = ParseCache.Of([ParseCache.KeyOf(wrong)]);

        Assert.Null(new TestProject().File("models/a.sql", wrong).Build().Artifact);
        Assert.NotNull(new TestProject().File("models/a.sql", wrong).Build(known).Artifact);
    }

    [Fact]
    public void A_failed_build_keeps_the_models_that_are_right_and_forgets_those_that_are_gone()
    {
        var before = new TestProject().File("models/a.sql", "select 1").File("models/b.sql", "select 2").Build();

        var after = new TestProject()
            .File("models/a.sql", "select 1")
            .File("models/b.sql", "selec 2")
            .Build(before.Parsed);

        Assert.Null(after.Artifact);
        Assert.Equal(ParseCache.Of([ParseCache.KeyOf("select 1")]).Lines(), after.Parsed.Lines());
    }

    [Fact]
    public void The_lines_come_back_and_those_of_another_version_count_for_nothing()
    {
        var cache = ParseCache.Of(["B", "A"]);

        Assert.Equal(["A", "B"], cache.Lines().Skip(1));
        Assert.Equal(2, ParseCache.Read(cache.Lines()).Count);
        Assert.Equal(0, ParseCache.Read(cache.Lines().Skip(1)).Count);
        Assert.Equal(0, ParseCache.Read(["another version", "A"]).Count);
        Assert.Equal(0, ParseCache.Read([]).Count);
    }
}
