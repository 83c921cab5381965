using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Selectors;
using Analytics.Compiler.Rendering.Context;
using Analytics.Jinja;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>Finds the selector that counts where nobody selects anything: which one may depend on the target.</summary>
internal static class DefaultSelector
{
    /// <summary>Its name; null for none. A second one is an error.</summary>
    public static string? Find(ProjectContext project, ICollection<Diagnostic> diagnostics)
    {
        string? found = null;
        foreach (var selector in project.Source.Root.Selectors.Where(each => IsDefault(each, project, diagnostics)))
        {
            if (found is not null)
            {
                diagnostics.Add(
                    ProjectDiagnostics.InvalidConfig(
                        selector.NameSpan,
                        "default",
                        $"true for '{selector.Name}' and for '{found}'",
                        "true for one selector only"
                    )
                );
            }

            found ??= selector.Name;
        }

        return found;
    }

    private static bool IsDefault(
        SelectorDeclaration selector,
        ProjectContext project,
        ICollection<Diagnostic> diagnostics
    )
    {
        if (selector.IsDefault.Template is not { } text)
        {
            return selector.IsDefault.Value;
        }

        var session = new ValueSession(project, project.Macros.RootPackage, selector.NameSpan);
        try
        {
            var template = Template.Parse(new SourceFile(selector.NameSpan.File.Path, text));
            var value = new RenderContext(new NodeScope(session), ProjectContext.RenderOptions).RenderNative(template);
            if (value is bool isDefault)
            {
                return isDefault;
            }

            diagnostics.Add(
                ProjectDiagnostics.InvalidConfig(selector.NameSpan, "default", PyText.Repr(value), "true or false")
            );
        }
        catch (TemplateException exception)
        {
            diagnostics.Add(session.ToDiagnostic(exception) with { Span = selector.NameSpan });
        }

        return false;
    }
}
