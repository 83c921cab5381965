using System.Globalization;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Tests.Loading.Yaml;

public class YamlScalarResolverTests
{
    // What PyYAML 6.0.3's safe_load gives for "k: <text>"; text stands for itself.
    [Theory]
    [InlineData("", "null")]
    [InlineData("~", "null")]
    [InlineData("null", "null")]
    [InlineData("Null", "null")]
    [InlineData("NULL", "null")]
    [InlineData("nUll", "text")]
    [InlineData("None", "text")]
    [InlineData("yes", "true")]
    [InlineData("Yes", "true")]
    [InlineData("YES", "true")]
    [InlineData("yEs", "text")]
    [InlineData("y", "text")]
    [InlineData("n", "text")]
    [InlineData("no", "false")]
    [InlineData("true", "true")]
    [InlineData("True", "true")]
    [InlineData("TRUE", "true")]
    [InlineData("tRue", "text")]
    [InlineData("false", "false")]
    [InlineData("on", "true")]
    [InlineData("On", "true")]
    [InlineData("off", "false")]
    [InlineData("OFF", "false")]
    [InlineData("0", "0")]
    [InlineData("-1", "-1")]
    [InlineData("+12", "12")]
    [InlineData("-0", "0")]
    [InlineData("007", "7")]
    [InlineData("00", "0")]
    [InlineData("0_7", "7")]
    [InlineData("08", "text")]
    [InlineData("0o7", "text")]
    [InlineData("0b101", "5")]
    [InlineData("-0b1", "-1")]
    [InlineData("0x1F", "31")]
    [InlineData("+0x1F", "31")]
    [InlineData("0x_1F", "31")]
    [InlineData("0xG", "text")]
    [InlineData("0x", "text")]
    [InlineData("1_000", "1000")]
    [InlineData("1__0", "10")]
    [InlineData("1_", "1")]
    [InlineData("_1", "text")]
    [InlineData("1:30", "90")]
    [InlineData("-1:30", "-90")]
    [InlineData("190:20:30", "685230")]
    [InlineData("1:60", "text")]
    [InlineData("0:30", "text")]
    [InlineData("1.5", "1.5f")]
    [InlineData("-1.5", "-1.5f")]
    [InlineData(".5", "0.5f")]
    [InlineData("-.5", "text")]
    [InlineData("5.", "5f")]
    [InlineData("0.", "0f")]
    [InlineData("1e3", "text")]
    [InlineData("1.0e3", "text")]
    [InlineData("1.0e+3", "1000f")]
    [InlineData("0.1e+10", "1000000000f")]
    [InlineData("1e+3", "text")]
    [InlineData("1.e-2", "0.01f")]
    [InlineData("1_0.5", "10.5f")]
    [InlineData("1_.5", "1.5f")]
    [InlineData("1:30.5", "90.5f")]
    [InlineData(".inf", "Infinityf")]
    [InlineData("-.inf", "-Infinityf")]
    [InlineData("+.INF", "Infinityf")]
    [InlineData(".nan", "NaNf")]
    [InlineData("-.nan", "text")]
    [InlineData("inf", "text")]
    [InlineData("1.5.2", "text")]
    [InlineData("v1.0", "text")]
    [InlineData("1,000", "text")]
    [InlineData("--1", "text")]
    [InlineData("+", "text")]
    [InlineData(".", "text")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    // Here PyYAML gives a type that templates do not have, or throws.
    [InlineData("2024-01-01", "text")]
    [InlineData("2024-01-01 10:00:00", "text")]
    [InlineData("=", "text")]
    [InlineData("9223372036854775808", "text")]
    [InlineData("0x_", "text")]
    public void A_plain_scalar_has_the_value_that_PyYAML_gives_it(string text, string expected)
    {
        var root = (YamlMapping)YamlReader.Parse(new SourceFile("f.yml", $"k: {text}\n")).Root!;

        var shown = ((YamlScalar)root["k"]!).Value switch
        {
            null => "null",
            bool flag => flag ? "true" : "false",
            long whole => whole.ToString(CultureInfo.InvariantCulture),
            double real => real.ToString(CultureInfo.InvariantCulture) + "f",
            string other when other == text => "text",
            var other => $"unexpected {other}",
        };
        Assert.Equal(expected, shown);
    }

    [Theory]
    [InlineData("'yes'")]
    [InlineData("\"1\"")]
    [InlineData("|-\n  null")]
    [InlineData("!!str 1.5")]
    public void A_quoted_block_or_tagged_text_is_text(string text)
    {
        var root = (YamlMapping)YamlReader.Parse(new SourceFile("f.yml", $"k: {text}\n")).Root!;

        Assert.IsType<string>(((YamlScalar)root["k"]!).Value);
    }
}
