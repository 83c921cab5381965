namespace Analytics.PgQuery.Tests;

public sealed class PgParserScanTests
{
    [Theory]
    [InlineData("orders", PgTokenKind.Identifier)]
    [InlineData("\"Mixed é𝄞\"", PgTokenKind.Identifier)]
    [InlineData("u&\"d\\0061t\"", PgTokenKind.Identifier)]
    [InlineData("42", PgTokenKind.Integer)]
    [InlineData("0x1F", PgTokenKind.Integer)]
    [InlineData("99999999999", PgTokenKind.Number)]
    [InlineData("1.5e3", PgTokenKind.Number)]
    [InlineData("'it''s'", PgTokenKind.String)]
    [InlineData("'tab\tnew\nline\u0001'", PgTokenKind.String)]
    [InlineData("e'\\n'", PgTokenKind.String)]
    [InlineData("u&'\\0441'", PgTokenKind.String)]
    [InlineData("$t$ a $$ b $t$", PgTokenKind.String)]
    [InlineData("b'101'", PgTokenKind.BitString)]
    [InlineData("x'1F'", PgTokenKind.BitString)]
    [InlineData("$1", PgTokenKind.Parameter)]
    [InlineData("+", PgTokenKind.Operator)]
    [InlineData("::", PgTokenKind.Operator)]
    [InlineData("<>", PgTokenKind.Operator)]
    [InlineData("->>", PgTokenKind.Operator)]
    [InlineData("(", PgTokenKind.Punctuation)]
    [InlineData(".", PgTokenKind.Punctuation)]
    [InlineData(":=", PgTokenKind.Punctuation)]
    [InlineData("=>", PgTokenKind.Punctuation)]
    [InlineData("-- comment é", PgTokenKind.LineComment)]
    [InlineData("/* a /* nested */ b */", PgTokenKind.BlockComment)]
    public void A_token_has_its_kind_and_its_place(string token, PgTokenKind kind)
    {
        var result = PgParser.Scan("'𝄞' " + token);

        Assert.Null(result.Error);
        Assert.Equal(2, result.Tokens.Length);
        Assert.Equal(new PgToken(kind, PgKeywordKind.None, 5, token.Length), result.Tokens[1]);
    }

    [Theory]
    [InlineData("select", PgKeywordKind.Reserved)]
    [InlineData("LEFT", PgKeywordKind.TypeOrFunctionName)]
    [InlineData("coalesce", PgKeywordKind.ColumnName)]
    [InlineData("replace", PgKeywordKind.Unreserved)]
    public void A_keyword_has_its_sort(string word, PgKeywordKind keyword) =>
        Assert.Equal(
            new PgToken(PgTokenKind.Keyword, keyword, 0, word.Length),
            Assert.Single(PgParser.Scan(word).Tokens)
        );

    [Fact]
    public void Tokens_do_not_overlap_and_leave_only_white_space_out()
    {
        foreach (var sql in HandWrittenStatements.All)
        {
            var tokens = PgParser.Scan(sql).Tokens;
            var end = 0;
            foreach (var token in tokens)
            {
                Assert.True(token.Start >= end && token.Length > 0, sql);
                Assert.True(string.IsNullOrWhiteSpace(sql[end..token.Start]), sql);
                end = token.End;
            }

            Assert.True(string.IsNullOrWhiteSpace(sql[end..]), sql);
        }
    }

    [Fact]
    public void A_text_with_a_wrong_grammar_has_tokens_all_the_same() =>
        Assert.Equal(3, PgParser.Scan("select from from").Tokens.Length);

    [Fact]
    public void A_text_that_cannot_be_cut_into_tokens_has_the_error_of_the_parser()
    {
        const string sql = "select '𝄞', 'never closed";
        var result = PgParser.Scan(sql);

        Assert.NotNull(result.Error);
        Assert.Equal(13, result.Error.Position);
        Assert.Empty(result.Tokens);
        Assert.Equal(PgParser.Parse(sql).Error, result.Error);
    }
}
