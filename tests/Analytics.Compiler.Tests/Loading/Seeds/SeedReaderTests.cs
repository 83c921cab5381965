using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Seeds;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Tests.Loading.Seeds;

public class SeedReaderTests
{
    // The types, and the values but for their spelling, are what dbt's CSV library finds with dbt's list of types; a
    // line with a remark is where this reader is better.
    [Theory]
    [InlineData("1|2", "integer", "1|2")]
    [InlineData("00123", "integer", "123")]
    [InlineData("1%|2", "integer", "1|2")]
    [InlineData("1,000|-2", "integer", "1000|-2")]
    [InlineData("$5|£6.5", "float8", "5|6.5")]
    [InlineData("1.0|2.00", "integer", "1|2")]
    [InlineData("1.5|2", "float8", "1.5|2")]
    [InlineData("-0|-0.0", "integer", "0|0")]
    [InlineData("2147483647|-2147483648", "integer", "2147483647|-2147483648")]
    [InlineData("True|false", "boolean", "true|false")]
    [InlineData("tr,ue", "boolean", "true")]
    [InlineData("10:00", "text", "10:00")]
    [InlineData("2020-01-01|2020-1-5", "date", "2020-01-01|2020-01-05")]
    [InlineData("2020-02-30", "text", "2020-02-30")]
    [InlineData(
        "2020-01-01 10:00:00|2020-01-02 1:2:3",
        "timestamp without time zone",
        "2020-01-01 10:00:00|2020-01-02 01:02:03"
    )]
    [InlineData("2020-01-01 10:00:00|2020-01-01T10:00:00Z", "text", "2020-01-01 10:00:00|2020-01-01T10:00:00Z")]
    [InlineData(
        "2020-01-01T10:00:00Z|2020-01-01T10:00:00.250+02:00",
        "timestamp without time zone",
        "2020-01-01 10:00:00|2020-01-01 10:00:00.25"
    )]
    [InlineData("20200101T101010", "timestamp without time zone", "2020-01-01 10:10:10")]
    [InlineData("2020-01-01T10", "timestamp without time zone", "2020-01-01 10:00:00")]
    [InlineData("2020-01-01T10:00:00-0330", "timestamp without time zone", "2020-01-01 10:00:00")]
    [InlineData("2020-01-01T25:00:00", "text", "2020-01-01T25:00:00")]
    [InlineData("2020-01-01|2020-01-01 10:00:00", "text", "2020-01-01|2020-01-01 10:00:00")]
    [InlineData("|null|NULL| ", "integer", "<null>|<null>|<null>|<null>")]
    [InlineData("a||null", "text", "a|<null>|<null>")]
    [InlineData("1e3", "integer", "1000")]
    [InlineData("1E-2", "float8", "0.01")]
    [InlineData("1_000", "integer", "1000")]
    [InlineData("yes|no", "text", "yes|no")]
    [InlineData("-$5|$-5|--5|+5", "integer", "-5|-5|5|5")]
    [InlineData("5-", "text", "5-")]
    [InlineData(".5", "float8", "0.5")]
    [InlineData("5.", "integer", "5")]
    [InlineData("1 000", "text", "1 000")]
    [InlineData("true|1", "text", "true|1")]
    [InlineData("2020-01-01 10:00", "text", "2020-01-01 10:00")]
    [InlineData("abc| x ", "text", "abc| x ")]
    [InlineData("$", "text", "$")]
    [InlineData("-", "text", "-")]
    [InlineData("  7 |8", "integer", "7|8")]
    [InlineData("0x10", "text", "0x10")]
    // dbt: integer, and the insert fails.
    [InlineData("2147483648", "bigint", "2147483648")]
    [InlineData("3000000000|1", "bigint", "3000000000|1")]
    [InlineData("9223372036854775807", "bigint", "9223372036854775807")]
    [InlineData("9223372036854775808", "numeric", "9223372036854775808")]
    // dbt: float8, and digits are lost.
    [InlineData("0.1|12345678901234567890.5", "numeric", "0.1|12345678901234567890.5")]
    [InlineData("0.1234567890123456", "numeric", "0.1234567890123456")]
    [InlineData("0.123456789012345", "float8", "0.123456789012345")]
    // dbt: integer, and the insert fails.
    [InlineData("nan|1|-inf", "float8", "NaN|1|-Infinity")]
    public void The_type_is_the_first_that_every_value_fits(string values, string type, string expected)
    {
        // The bar separates rows; every value is quoted, and a second column keeps blank lines away.
        var rows = string.Concat(values.Split('|').Select(value => $"\"{value}\",x\n"));

        var result = Read($"c,d\n{rows}");

        Assert.Empty(result.Diagnostics);
        Assert.Equal(type, result.Table!.Columns[0].PostgresType);
        Assert.Equal(expected, string.Join('|', result.Table.Rows.Select(row => row[0] ?? "<null>")));
    }

    [Fact]
    public void A_given_type_keeps_the_text_and_its_nulls()
    {
        var result = Read("zip,n\n00123,1\n null ,2\n 7 ,3\n", types: [("zip", "varchar(5)")]);

        Assert.Equal([new SeedColumn("zip", "varchar(5)"), new SeedColumn("n", "integer")], result.Table!.Columns);
        Assert.Equal(["00123", null, " 7 "], result.Table.Rows.Select(row => row[0]));
    }

    [Fact]
    public void A_type_for_an_absent_column_is_a_warning_with_a_near_name()
    {
        var result = Read("zip,n\n1,1\n", types: [("zipp", "text")]);

        Assert.NotNull(result.Table);
        Assert.Equal(
            "seeds/s.csv(1,1,1,6): warning ASQL0019: 'column_types' gives a type to 'zipp', but seed 's' has no such column; did you mean 'zip'?",
            Assert.Single(result.Diagnostics).ToString()
        );
    }

    [Fact]
    public void Quotes_work_as_in_pythons_csv()
    {
        var result = Read("a,b\r\n\"x, \"\"y\"\"\r\nz\",p\"q\r\n\"x\"y,\"\"\r\n");

        Assert.Empty(result.Diagnostics);
        Assert.Equal(["x, \"y\"\nz", "p\"q"], result.Table!.Rows[0]);
        Assert.Equal(["xy", null], result.Table.Rows[1]);
    }

    [Theory]
    [InlineData("a\n1")]
    [InlineData("a\n1\n")]
    [InlineData("a\r1\r")]
    [InlineData("a\r\n1\r\n")]
    public void Every_line_break_ends_a_row(string text)
    {
        var result = Read(text);

        Assert.Equal(["1"], Assert.Single(result.Table!.Rows));
    }

    [Fact]
    public void Another_delimiter_can_be_set()
    {
        var result = Read("a;b\n1,5;2\n", delimiter: ';');

        Assert.Equal(["15", "2"], Assert.Single(result.Table!.Rows));
    }

    [Fact]
    public void Names_that_are_not_quoted_are_lower_case()
    {
        Assert.Equal(["id", "name"], Read("Id,NAME\n1,2\n", quote: false).Table!.Columns.Select(column => column.Name));
        Assert.Equal(["Id", "NAME"], Read("Id,NAME\n1,2\n").Table!.Columns.Select(column => column.Name));
    }

    [Theory]
    [InlineData("", "(1,1,1,1): error ASQL0010: the file is empty; a seed begins with a line of column names")]
    [InlineData(
        "\na\n",
        "(1,1,1,1): error ASQL0010: the first line is blank; a seed begins with a line of column names"
    )]
    [InlineData("a,,c\n1,2,3\n", "(1,3,1,3): error ASQL0010: column 2 has no name")]
    [InlineData("a,b,a\n1,2,3\n", "(1,5,1,6): error ASQL0010: the column 'a' stands twice in the first line")]
    [InlineData(
        "a,b\n1,2\n3,4,\"x\ny\"\n",
        "(3,5,4,3): error ASQL0010: the row has 3 values, but the first line names 2 columns"
    )]
    [InlineData("a,b\n1,\"x\n2,3\n", "(2,3,2,4): error ASQL0010: the quote that opens here is not closed")]
    [InlineData(
        "a,b\n1,x\0y\n",
        "(2,3,2,6): error ASQL0010: the value holds the character U+0000, which PostgreSQL cannot store"
    )]
    public void A_file_that_cannot_be_read_is_an_error_at_its_place(string text, string expected)
    {
        var result = Read(text);

        Assert.Null(result.Table);
        Assert.Equal($"seeds/s.csv{expected}", Assert.Single(result.Diagnostics).ToString());
    }

    [Fact]
    public void A_short_row_is_filled_with_nulls_and_a_warning()
    {
        var result = Read("a,b,c\n1,2\n\n4,5,6\n");

        Assert.Equal(
            [
                "seeds/s.csv(2,4,2,4): warning ASQL0018: the row has 2 of 3 values; the others become NULL",
                "seeds/s.csv(3,1,3,1): warning ASQL0018: the line is blank; it becomes a row of NULLs",
            ],
            result.Diagnostics.Select(diagnostic => diagnostic.ToString())
        );
        Assert.Equal(["1", "2", null], result.Table!.Rows[0]);
        Assert.Equal([null, null, null], result.Table.Rows[1]);
        Assert.Equal(3, result.Table.Rows.Length);
    }

    [Fact]
    public void Names_that_differ_in_case_only_clash_when_they_are_not_quoted()
    {
        Assert.NotNull(Read("a,A\n1,2\n").Table);
        Assert.Null(Read("a,A\n1,2\n", quote: false).Table);
    }

    [Fact]
    public void A_wrong_delimiter_is_not_reported_for_every_row()
    {
        var result = Read("a\n" + string.Concat(Enumerable.Repeat("1,2\n", 1000)));

        Assert.Equal(20, result.Diagnostics.Length);
    }

    private static SeedResult Read(
        string text,
        char delimiter = ',',
        bool quote = true,
        params (string Column, string Type)[] types
    ) =>
        SeedReader.Read(
            new SeedResource("shop", "s", new SourceFile("seeds/s.csv", text), "s.csv", ["shop", "s"]),
            new SeedSettings(delimiter, types.ToImmutableDictionary(type => type.Column, type => type.Type), quote)
        );
}
