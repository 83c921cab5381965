namespace Analytics.PgQuery.Tests;

public sealed class PgParserTests
{
    [Theory]
    [InlineData("select from from", "syntax error at or near \"from\"", 12, 4)]
    [InlineData("select 1 +", "syntax error at end of input", 10, 0)]
    [InlineData("select 1 +  -- more\n", "syntax error at end of input", 20, 0)]
    [InlineData("create table 1a (x int)", "trailing junk after numeric literal at or near \"1a\"", 13, 2)]
    [InlineData("select \"\"", "zero-length delimited identifier at or near \"\"\"\"", 7, 2)]
    public void An_error_has_the_position_and_the_length_of_its_token(
        string sql,
        string message,
        int position,
        int length
    )
    {
        var result = PgParser.Parse(sql);

        Assert.Null(result.Tree);
        Assert.Equal(new PgSyntaxError(message, position, length), result.Error);
    }

    [Theory]
    [InlineData("select 'é' from from")]
    [InlineData("select '𝄞𝄞' from from")]
    [InlineData("select 'é𝄞名' as \"𝄞\" from from")]
    [InlineData("-- 𝄞 é\r\nselect 1 from from")]
    public void An_error_after_text_of_several_bytes_is_where_its_token_is(string sql)
    {
        var error = PgParser.Parse(sql).Error;

        Assert.NotNull(error);
        Assert.Equal(sql.LastIndexOf("from", StringComparison.Ordinal), error.Position);
        Assert.Equal(4, error.Length);
    }

    [Fact]
    public void An_error_at_a_token_of_several_bytes_has_its_length_in_utf16()
    {
        const string sql = "select 1 from \"𝄞\" \"é𝄞\" \"x\"";

        Assert.Equal(
            new PgSyntaxError("syntax error at or near \"\"x\"\"", sql.IndexOf("\"x\"", StringComparison.Ordinal), 3),
            PgParser.Parse(sql).Error
        );
    }

    [Theory]
    [InlineData("select '𝄞' || 'never closed\nfrom t", "unterminated quoted string", 15)]
    [InlineData("select 1 /* never closed", "unterminated /* comment", 9)]
    [InlineData("select \"never closed", "unterminated quoted identifier", 7)]
    [InlineData("select $tag$ never closed $other$", "unterminated dollar-quoted string", 7)]
    public void Text_without_an_end_is_an_error_where_it_begins_with_no_length(string sql, string message, int position)
    {
        var error = PgParser.Parse(sql).Error;

        Assert.NotNull(error);
        Assert.StartsWith(message, error.Message);
        Assert.Equal(position, error.Position);
        Assert.Null(error.Length);
    }

    [Theory]
    [InlineData("select 1\0", 8)]
    [InlineData("\0", 0)]
    public void NUL_is_refused_where_it_stands(string sql, int position)
    {
        var error = PgParser.Parse(sql).Error;

        Assert.Equal(new PgSyntaxError("SQL must not contain the character NUL (U+0000)", position, 1), error);
        Assert.Equal(error, PgParser.Scan(sql).Error);
        Assert.Equal(error, PgParser.Fingerprint(sql).Error);
        Assert.Equal(error, PgParser.Normalize(sql).Error);
    }

    [Theory]
    [InlineData("select '", 0xD834, "'", "D834")]
    [InlineData("select '𝄞", 0xDD1E, "'", "DD1E")]
    [InlineData("select ", 0xD834, "", "D834")]
    public void Half_a_character_is_refused_where_it_stands(string before, int half, string after, string code) =>
        Assert.Equal(
            new PgSyntaxError($"SQL must not contain half a character (U+{code})", before.Length, 1),
            PgParser.Parse(before + (char)half + after).Error
        );

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("-- nothing")]
    [InlineData("/* nothing */;;")]
    public void Text_without_statements_is_valid(string sql)
    {
        var result = PgParser.Parse(sql);

        Assert.True(result.IsValid);
        Assert.Empty(result.Tree.Statements);
        Assert.True(PgParser.Scan(sql).IsValid);
        Assert.True(PgParser.Fingerprint(sql).IsValid);
        Assert.Equal(sql, PgParser.Normalize(sql).Text);
    }

    [Fact]
    public void Fingerprints_ignore_literals_and_layout_and_nothing_else()
    {
        var fingerprint = PgParser.Fingerprint("select a from t where b = 1 and c in (1, 2)").Text;

        Assert.Matches("^[0-9a-f]{16}$", fingerprint);
        Assert.Equal(fingerprint, PgParser.Fingerprint("SELECT a -- x\nFROM t WHERE b = 2 AND c IN (3, 4, 5)").Text);
        Assert.NotEqual(fingerprint, PgParser.Fingerprint("select a from u where b = 1 and c in (1, 2)").Text);
        Assert.Equal("50fde20626009aba", PgParser.Fingerprint("SELECT 1").Text);
    }

    [Fact]
    public void Fingerprints_and_normalized_texts_of_wrong_SQL_are_the_error_of_the_parser()
    {
        const string sql = "select '𝄞' from from";

        Assert.Equal(PgParser.Parse(sql).Error, PgParser.Fingerprint(sql).Error);
        Assert.Equal(PgParser.Parse(sql).Error, PgParser.Normalize(sql).Error);
    }

    [Fact]
    public void Normalizing_puts_parameters_in_place_of_literals() =>
        Assert.Equal(
            "select $1 as \"é\", f($2) /* kept */ from t",
            PgParser.Normalize("select 'é𝄞' as \"é\", f(2) /* kept */ from t").Text
        );
}
