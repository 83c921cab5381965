using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Tests.Loading.Yaml;

public class YamlReaderTests
{
    [Theory]
    [InlineData("a: 1\n\tb: 2\n", "f.yml(2,1,2,2): error ASQL0001: a tab cannot indent YAML; use spaces")]
    [InlineData("a:\n\t- b\n", "f.yml(2,1,2,2): error ASQL0001: a tab cannot indent YAML; use spaces")]
    [InlineData(
        "a: b: c\n",
        "f.yml(1,5,1,6): error ASQL0001: ':' makes a mapping, which cannot stand here; put the text in quotes"
    )]
    [InlineData(
        "a:\n  b: 1\n c: 2\n",
        "f.yml(3,2,3,3): error ASQL0001: expected a key at the indentation of the mapping before it"
    )]
    [InlineData(
        "a:\n  - 1\n  b: 2\n",
        "f.yml(3,3,3,4): error ASQL0001: expected '-' at the indentation of the list before it"
    )]
    [InlineData("a: [1, 2\nb: 3\n", "f.yml(1,4,1,5): error ASQL0001: '[' is not closed")]
    [InlineData("a: [1, 2\n", "f.yml(1,4,1,5): error ASQL0001: '[' is not closed")]
    [InlineData("a: {b: 1\n", "f.yml(1,4,1,5): error ASQL0001: '{' is not closed")]
    [InlineData("a: 'x\n", "f.yml(1,4,1,5): error ASQL0001: the quote that opens here is not closed")]
    [InlineData(
        "a: \"x\n  y\n  b: \"z\"\n",
        "f.yml(1,4,1,5): error ASQL0001: the quote that opens here is not closed before another one opens"
    )]
    [InlineData(
        "- 'x\n  y\n- 'z w'\n",
        "f.yml(1,3,1,4): error ASQL0001: the quote that opens here is not closed before another one opens"
    )]
    [InlineData("a: @x\n", "f.yml(1,4,1,5): error ASQL0001: a text cannot begin with '@'; put it in quotes")]
    [InlineData("a: %x\n", "f.yml(1,4,1,5): error ASQL0001: a text cannot begin with '%'; put it in quotes")]
    [InlineData("a: \"\\q\"\n", "f.yml(1,5,1,6): error ASQL0001: unknown escape after '\\' in a text in double quotes")]
    [InlineData("a: *b\n", "f.yml(1,4,1,6): error ASQL0001: no anchor '&b' stands before this alias")]
    [InlineData(
        "a: &b [*b]\n",
        "f.yml(1,8,1,10): error ASQL0001: the alias '*b' stands inside the value that it means"
    )]
    [InlineData("a: 1\n---\nb: 2\n", "f.yml(2,1,2,4): error ASQL0001: a second document begins here; a file holds one")]
    [InlineData("a: {{ x }}\n", "f.yml(1,4,1,5): error ASQL0001: a value that begins with '{{' must be in quotes")]
    [InlineData("a: {{ x }}_b\n", "f.yml(1,4,1,5): error ASQL0001: a value that begins with '{{' must be in quotes")]
    [InlineData("- {{ x }}_b\n", "f.yml(1,3,1,4): error ASQL0001: a value that begins with '{{' must be in quotes")]
    [InlineData(
        "a: !foo x\n",
        "f.yml(1,9,1,10): error ASQL0001: the tag '!foo' is not supported, or this is no value of it"
    )]
    [InlineData(
        "a: !!int x\n",
        "f.yml(1,10,1,11): error ASQL0001: the tag 'tag:yaml.org,2002:int' is not supported, or this is no value of it"
    )]
    [InlineData("a: x\u0001\n", "f.yml(1,5,1,6): error ASQL0001: YAML does not allow the character U+0001")]
    [InlineData("a: 1\nb: 2\na: 3\n", "f.yml(3,1,3,2): error ASQL0005: the key 'a' is given twice in one mapping")]
    [InlineData(
        "x:\n  - {a: 1, \"a\": 2}\n",
        "f.yml(2,12,2,15): error ASQL0005: the key 'a' is given twice in one mapping"
    )]
    [InlineData(
        "<<: 1\n",
        "f.yml(1,5,1,6): error ASQL0002: the value of '<<' must be a mapping or a list of mappings, but a whole number was found"
    )]
    public void A_mistake_is_reported_at_its_place(string text, string expected)
    {
        var document = Parse(text);

        Assert.Equal([expected], document.Diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    public void A_text_without_a_value_gives_none_or_null(string text)
    {
        var document = Parse(text);

        Assert.Empty(document.Diagnostics);
        Assert.True(document.Root is null or YamlScalar { Value: null });
    }

    [Fact]
    public void Spans_are_exact_for_every_kind_of_value()
    {
        const string Text =
            "plain: ein 😀 text  # note\r\n"
            + "single: 'it''s'\r\n"
            + "double: \"a\\tb\"\r\n"
            + "same: \"abc\"\r\n"
            + "block: |\r\n  line\r\n  more\r\n\r\n"
            + "flow: {a: [1, 2]}\r\n"
            + "list:\r\n  - one\r\n  - two\r\n"
            + "empty:\r\n"
            + "anchored: &x !!str 12\r\n";
        var root = Assert.IsType<YamlMapping>(Parse(Text).Root);

        Assert.Equal("ein 😀 text", root["plain"]!.Span.Text);
        Assert.Equal("'it''s'", root["single"]!.Span.Text);
        Assert.Equal("\"a\\tb\"", root["double"]!.Span.Text);
        Assert.Equal("abc", Assert.IsType<YamlScalar>(root["same"]).Content.Text);
        Assert.Equal("|\r\n  line\r\n  more", root["block"]!.Span.Text);
        Assert.Equal("{a: [1, 2]}", root["flow"]!.Span.Text);
        Assert.Equal("[1, 2]", ((YamlMapping)root["flow"]!)["a"]!.Span.Text);
        Assert.StartsWith("- one\r\n  - two", root["list"]!.Span.Text, StringComparison.Ordinal);
        Assert.Equal("two", ((YamlSequence)root["list"]!).Items[1].Span.Text);
        Assert.Equal(new LinePosition(13, 7), root["empty"]!.Span.StartPosition);
        Assert.Equal("12", root["anchored"]!.Span.Text);
        Assert.Equal("12", ((YamlScalar)root["anchored"]!).Value);
        Assert.Equal("flow", root.Find("flow")!.KeySpan.Text);
        Assert.Equal(0, root.Span.Start);
        Assert.EndsWith("!!str 12", root.Span.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Offsets_into_a_text_are_offsets_into_the_file_when_the_lengths_agree()
    {
        const string Text = "a: \"{{ ref('x') }}\"\nb: 'it''s'\nc: |\n  abcdefg\nd: \"x\\\n  y\"\n";
        var root = Assert.IsType<YamlMapping>(Parse(Text).Root);

        foreach (var scalar in root.Entries.Select(entry => Assert.IsType<YamlScalar>(entry.Value)))
        {
            if (scalar.Content.Length == scalar.Text.Length)
            {
                Assert.Equal(scalar.Text, scalar.Content.Text);
            }
        }

        Assert.Equal("{{ ref('x') }}", ((YamlScalar)root["a"]!).Content.Text);
    }

    // What PyYAML gives; the parser behind the reader refuses these as they stand.
    [Theory]
    [InlineData("- d: \"first line\n  second line\"\n  e: 1\n", "first line second line")]
    [InlineData("- d: \"first line\nsecond line\"\n  e: 1\n", "first line second line")]
    [InlineData("- d: \"first line\r\n\r\nsecond\r\n   line\"\r\n  e: 1\r\n", "first line\nsecond line")]
    [InlineData("- d: \"first \\\nline\n\\\"x\\\"\"\n  e: 1\n", "first line \"x\"")]
    [InlineData("- d: \"first\u2028line\"\n  e: 1\n", "first\u2028line")]
    [InlineData("- x: [1, 2]#note\n  d: a\n  e: 1\n", "a")]
    [InlineData("- x: [\n1,\n2\n]\n  d: a\n  e: 1\n", "a")]
    [InlineData("- x: {\n\"a\": 'it''s ]', # ]\nb: [c,\nd]\n}\n  d: a\n  e: 1\n", "a")]
    public void Lines_may_be_indented_as_little_as_PyYAML_allows(string text, string expected)
    {
        var document = Parse(text);

        Assert.Empty(document.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        var item = (YamlMapping)((YamlSequence)document.Root!).Items[0];
        Assert.Equal(expected, ((YamlScalar)item["d"]!).Value);
        Assert.Equal("e", item.Find("e")!.KeySpan.Text);
        Assert.Equal("1", item["e"]!.Span.Text);
        Assert.Equal(item["d"]!.Span.Text, text[item["d"]!.Span.Start..item["d"]!.Span.End]);
        Assert.Equal(text.IndexOf("e: 1", StringComparison.Ordinal), item.Find("e")!.KeySpan.Start);
    }

    [Fact]
    public void A_mistake_after_a_text_of_that_kind_keeps_its_place()
    {
        Assert.Equal(
            "f.yml(3,7,3,8): error ASQL0001: ':' makes a mapping, which cannot stand here; put the text in quotes",
            Assert.Single(Parse("- d: \"first\nsecond\"\n  e: f: g\n").Diagnostics.Select(found => found.ToString()))
        );
    }

    [Fact]
    public void A_merge_key_brings_entries_that_the_mapping_does_not_write_itself()
    {
        const string Text =
            "base: &base {a: 1, b: 2}\nother: &other {b: 3, c: 4}\nuse:\n  <<: [*base, *other]\n  a: 9\n  d: 5\n";
        var use = Assert.IsType<YamlMapping>(((YamlMapping)Parse(Text).Root!)["use"]);

        Assert.Equal(
            ["a=9", "b=2", "c=4", "d=5"],
            use.Entries.Select(entry => $"{entry.Key}={((YamlScalar)entry.Value).Text}")
        );
    }

    [Fact]
    public void A_list_of_aliases_that_grows_by_powers_is_stopped()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (var i = 1; i < 12; i++)
        {
            text += $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n";
        }

        var document = Parse(text);

        Assert.Null(document.Root);
        Assert.Contains("more than 1000000 values, its aliases followed", Assert.Single(document.Diagnostics).Message);
    }

    [Fact]
    public void A_chain_of_aliases_counts_as_depth()
    {
        var text = "a0: &a0 [x]\n";
        for (var i = 1; i < 200; i++)
        {
            text += $"a{i}: &a{i} [*a{i - 1}]\n";
        }

        Assert.Contains("deeper than 100 levels", Assert.Single(Parse(text).Diagnostics).Message);
    }

    [Theory]
    [InlineData("[", "")]
    [InlineData("{a: ", "")]
    [InlineData("- ", "")]
    [InlineData("[", "]")]
    public void Deep_nesting_is_an_error_and_no_crash(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000));

        var diagnostic = Assert.Single(Parse(text).Diagnostics);

        Assert.Equal("values nest deeper than 100 levels", diagnostic.Message);
        Assert.Equal(open.Length * 100, diagnostic.Span!.Value.Start);
    }

    [Fact]
    public void Native_values_keep_order_and_types()
    {
        var root = Parse("b: 1\na: [true, 2.5, null, text]\nc: {x: yes}\n").Root!;

        var dict = Assert.IsType<Analytics.Jinja.Values.PyDict>(YamlValues.ToNative(root));

        Assert.Equal(["b", "a", "c"], dict.Keys);
        Assert.Equal(1L, dict["b"]);
        Assert.Equal([true, 2.5, null, "text"], Assert.IsType<Analytics.Jinja.Values.PyList>(dict["a"]));
        Assert.Equal(true, Assert.IsType<Analytics.Jinja.Values.PyDict>(dict["c"])["x"]);
    }

    private static YamlDocument Parse(string text) => YamlReader.Parse(new SourceFile("f.yml", text));
}
