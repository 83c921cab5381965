namespace Analytics.PgQuery.Tests;

/// <summary>SQL that is too deep or too large, and many callers: the process has to live on and answer.</summary>
[Collection(AloneCollection.Name)]
public sealed class PgParserLimitsTests
{
    public static TheoryData<string, string, string, string, int> Nested =>
        new()
        {
            { "parentheses", "select ", "(", "1" + new string(')', 100_000), 100_000 },
            { "open parentheses", "select ", "(", "", 100_000 },
            { "case", "select ", "case when true then ", "1" + Repeat(" end", 50_000), 50_000 },
            { "subqueries", "", "select * from (", "select 1" + Repeat(") x", 20_000), 20_000 },
            { "sums", "select 1", "+1", "", 200_000 },
            { "casts", "select 1", "::int", "", 200_000 },
            { "negations", "select ", "not ", "true", 9_000 },
            { "joins", "select * from t", " join t using (a)", "", 50_000 },
            { "unions", "select 1", " union select 1", "", 50_000 },
            { "functions", "select ", "f(", "1" + new string(')', 20_000), 20_000 },
            { "arrays", "select ", "array[", "1" + new string(']', 20_000), 20_000 },
            { "common table expressions", "", "with a as (", "select 1" + Repeat(") select 1", 20_000), 20_000 },
        };

    [Theory]
    [MemberData(nameof(Nested))]
    public void Deep_nesting_is_an_answer_and_the_parser_lives_on(
        string construct,
        string start,
        string level,
        string end,
        int levels
    )
    {
        var result = PgParser.Parse(start + Repeat(level, levels) + end);

        Assert.True(
            result.IsValid
                || result.Error.Message.StartsWith("memory exhausted at or near ", StringComparison.Ordinal)
                || result.Error.Message == "The SQL is nested too deeply to be parsed",
            $"{construct}: {result.Error?.Message}"
        );
        AssertWorks();
    }

    [Theory]
    [InlineData("select ", "(", ")", 5_000)]
    [InlineData("select ", "case when true then ", " end", 1_500)]
    [InlineData("select ", "f(", ")", 2_000)]
    [InlineData("select 1", "+1", "", 5_000)]
    public void Nesting_within_reason_parses(string start, string open, string close, int levels)
    {
        var result = PgParser.Parse(start + Repeat(open, levels) + "1" + Repeat(close, levels));

        Assert.True(result.IsValid, result.Error?.Message);
        Assert.NotEmpty(result.Tree.Statements[0].Node.Descendants());
    }

    [Fact]
    public void Megabytes_of_literal_come_back_whole()
    {
        var value = string.Concat(Enumerable.Repeat("é𝄞x", 350_000));
        var tree = PgParser.Parse($"select '{value}'").Tree;

        Assert.NotNull(tree);
        Assert.Contains(tree.Statements[0].Node.Descendants(), node => node.Text("sval") == value);
    }

    [Fact]
    public void SQL_that_outgrows_the_usual_memory_gets_more()
    {
        // Its tree as JSON is larger than the memory of the usual instance.
        var result = PgParser.Parse("select a in (1" + Repeat(", 1", 700_000) + ")");

        Assert.True(result.IsValid, result.Error?.Message);
        AssertWorks();
    }

    [Fact]
    public void Many_threads_parse_at_once()
    {
        var statements = HandWrittenStatements.All;
        var expected = statements.Select(sql => PgParser.Parse(sql).Tree!.IndexLimit).ToArray();

        Parallel.For(
            0,
            statements.Count * 8,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = 16,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            i =>
            {
                var sql = statements[i % statements.Count];
                Assert.Equal(expected[i % statements.Count], PgParser.Parse(sql).Tree!.IndexLimit);
                Assert.Equal(sql.Length + 1, PgParser.Parse(new string(' ', sql.Length) + " )").Error?.Position);
            }
        );
    }

    [Fact]
    public void Memory_does_not_grow_with_the_number_of_texts()
    {
        ParseMany(2_000);
        var before = Environment.WorkingSet;
        ParseMany(20_000);
        var growth = Environment.WorkingSet - before;

        Assert.True(growth < 100L * 1024 * 1024, $"The working set grew by {growth / 1024 / 1024} MiB.");
    }

    private static void ParseMany(int count)
    {
        var statements = HandWrittenStatements.All;
        for (var i = 0; i < count; i++)
        {
            var sql = statements[i % statements.Count];
            Assert.True(PgParser.Parse(sql).IsValid);
            if (i % 10 == 0)
            {
                Assert.False(PgParser.Parse(") " + sql).IsValid);
            }
        }
    }

    private static void AssertWorks() => Assert.Equal(1, PgParser.Parse("select 1").Tree?.Statements.Length);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
