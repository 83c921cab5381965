using Analytics.Jinja.Parsing;
using Analytics.Jinja.Tree;
using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>A parsed template. Immutable: many threads may render it at once.</summary>
public sealed class Template
{
    private Template(SourceSpan source, TemplateRoot root)
    {
        Source = source;
        Root = root;
    }

    /// <summary>The text it was parsed from.</summary>
    public SourceSpan Source { get; }

    internal TemplateRoot Root { get; }

    /// <summary>Parses a whole file.</summary>
    /// <exception cref="TemplateException">The text is not a template; kinds Syntax, Unsupported, UnknownFilter, UnknownTest, Limit.</exception>
    public static Template Parse(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Parse(file.Span(0, file.Text.Length));
    }

    /// <summary>Parses a part of a file; all spans stay relative to the file.</summary>
    /// <exception cref="TemplateException">The text is not a template; kinds Syntax, Unsupported, UnknownFilter, UnknownTest, Limit.</exception>
    public static Template Parse(SourceSpan part) => new(part, StatementParser.ParseTemplate(part));

    /// <summary>
    /// True when a text holds <c>{{</c>, <c>{%</c> or <c>{#</c> or their ends. dbt returns any other text as it is, with
    /// its last newline, which a template would lose.
    /// </summary>
    public static bool HasMarkup(ReadOnlySpan<char> text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (
                (text[i] == '{' && text[i + 1] is '{' or '%' or '#')
                || (text[i + 1] == '}' && text[i] is '}' or '%' or '#')
            )
            {
                return true;
            }
        }

        return false;
    }
}
