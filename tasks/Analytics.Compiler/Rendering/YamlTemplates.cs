using System.Text.RegularExpressions;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>Renders the templates inside YAML values, keeping native types, as dbt's native environment does.</summary>
internal static partial class YamlTemplates
{
    /// <summary>The value with every string rendered.</summary>
    public static object? Render(YamlNode node, RenderContext context) => Render(node, context, bareCalls: false);

    /// <summary>As <see cref="Render(YamlNode, RenderContext)"/>; a string such as <c>ref('x')</c> is taken for a call, as in a test's arguments.</summary>
    public static object? RenderArgument(YamlNode node, RenderContext context) =>
        Render(node, context, bareCalls: true);

    // Depth is bounded: the YAML reader refuses deep nesting.
    private static object? Render(YamlNode node, RenderContext context, bool bareCalls) =>
        node switch
        {
            YamlScalar { Value: string } scalar => Scalar(scalar, context, bareCalls),
            YamlScalar scalar => scalar.Value,
            YamlSequence sequence => new PyList(sequence.Items.Select(item => Render(item, context, bareCalls))),
            YamlMapping mapping => new PyDict(
                mapping.Entries.Select(entry =>
                    KeyValuePair.Create((object?)entry.Key, Render(entry.Value, context, bareCalls))
                )
            ),
            _ => null,
        };

    private static object? Scalar(YamlScalar scalar, RenderContext context, bool bareCalls)
    {
        if (bareCalls && BareCall().IsMatch(scalar.Text))
        {
            var wrapped = new SourceFile(scalar.Span.File.Path, $"{{{{ {scalar.Text} }}}}");
            return context.RenderNative(Template.Parse(wrapped));
        }

        if (!Template.HasMarkup(scalar.Text))
        {
            return scalar.Text;
        }

        // Where the text lies in the file as it is, errors land on their own place in it.
        var value = context.RenderNative(
            scalar.Content.Length == scalar.Text.Length
                ? Template.Parse(scalar.Content)
                : Template.Parse(new SourceFile(scalar.Span.File.Path, scalar.Text))
        );

        // A condition without 'else' that does not hold: the config is not set.
        return value is Undefined { Name: null } && !bareCalls ? null : value;
    }

    [GeneratedRegex(@"^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex BareCall();
}
