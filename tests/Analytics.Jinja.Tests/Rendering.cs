using Analytics.Text;

namespace Analytics.Jinja.Tests;

/// <summary>Short forms for tests that look at one render.</summary>
internal static class Rendering
{
    public static RenderedText Render(string text, TestScope? scope = null, RenderOptions? options = null) =>
        new RenderContext(scope ?? new TestScope(), options, TestContext.Current.CancellationToken).Render(
            Template.Parse(new SourceFile("models/model.sql", text))
        );

    public static TemplateError Error(string text, TestScope? scope = null, RenderOptions? options = null) =>
        Assert.Throws<TemplateException>(() => Render(text, scope, options)).Error;

    /// <summary>The place of the first occurrence of a piece of the output.</summary>
    public static SourceLocation Locate(RenderedText rendered, string piece)
    {
        var at = rendered.Text.IndexOf(piece, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{piece}' is not in '{rendered.Text}'");
        return rendered.Map.Locate(at, piece.Length);
    }
}
