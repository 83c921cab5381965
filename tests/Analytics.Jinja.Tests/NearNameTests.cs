namespace Analytics.Jinja.Tests;

/// <summary>What a template that misspells a word is told.</summary>
public sealed class NearNameTests
{
    [Theory]
    [InlineData("{{ 'a' | uper }}", "No filter named 'uper'; did you mean 'upper'?")]
    [InlineData("{{ ['a'] | map('uper') | list }}", "No filter named 'uper'; did you mean 'upper'?")]
    [InlineData("{{ 'a' is strng }}", "No test named 'strng'; did you mean 'string'?")]
    [InlineData("{{ ['a'] | select('strng') | list }}", "No test named 'strng'; did you mean 'string'?")]
    [InlineData("{{ 'a' | something_else }}", "No filter named 'something_else'")]
    [InlineData("{% fro x in [1] %}{% endfor %}", "Unknown tag 'fro'; did you mean 'for'?")]
    [InlineData("{% if 1 %}{% esle %}{% endif %}", "Unknown tag 'esle'; did you mean 'else'?")]
    [InlineData("{% endif %}", "'{% endif %}' closes nothing here")]
    [InlineData(
        "{% for x in [1] %}{% endif %}",
        "'{% endif %}' closes nothing here: the 'for' of line 1 is open and takes '{% else %}' or '{% endfor %}'"
    )]
    [InlineData(
        "{% if 1 %}\n{%- call m() %}\n{% endmacro %}",
        "'{% endmacro %}' closes nothing here: the 'call' of line 2 is open and takes '{% endcall %}'"
    )]
    public void A_word_that_is_not_known_gets_a_near_one(string template, string message)
    {
        Assert.Equal(message, Rendering.Error(template, new TestScope()).Message);
    }
}
