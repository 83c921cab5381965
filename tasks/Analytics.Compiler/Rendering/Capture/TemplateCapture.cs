using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Rendering.Context;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Capture;

/// <summary>The first pass over the templates of a project.</summary>
internal static class TemplateCapture
{
    /// <summary>What is not known yet is undefined without complaint.</summary>
    public static readonly RenderOptions Options = ProjectContext.RenderOptions with
    {
        Undefined = UndefinedBehavior.Capture,
    };

    /// <summary>Captures one resource.</summary>
    /// <returns>What was learned, or null when the template has an error; and what there is to say.</returns>
    public static (CapturedTemplate? Captured, ImmutableArray<Diagnostic> Diagnostics) Capture(
        SqlResource resource,
        ProjectContext project,
        CancellationToken cancellationToken
    )
    {
        var session = New(false);
        try
        {
            var template = Template.Parse(resource.Body);
            Render(session, template);

            // What the other branch reads is a dependency too: it runs tomorrow.
            if (resource.Body.Text.Contains("is_incremental", StringComparison.Ordinal))
            {
                var incremental = New(true);
                Render(incremental, template);
                session.Refs.AddRange(incremental.Refs.Where(call => !session.Refs.Contains(call)));
                session.Sources.AddRange(incremental.Sources.Where(call => !session.Sources.Contains(call)));
                session.Functions.AddRange(incremental.Functions.Where(call => !session.Functions.Contains(call)));
            }

            var captured = new CapturedTemplate(template, [.. session.Refs], [.. session.Sources], [.. session.Configs])
            {
                Functions = [.. session.Functions],
            };
            return (captured, [.. session.Warnings]);
        }
        catch (TemplateException exception)
        {
            return (null, [session.ToDiagnostic(exception)]);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A bug of ours in one model must not hide what the others have to say, nor end the host.
            return (null, [InternalDiagnostics.Failure("Rendering", exception, resource.NameSpan)]);
        }

        CaptureSession New(bool isIncremental) =>
            new(project, resource.Package, resource.Name, resource.NameSpan, isIncremental);

        void Render(CaptureSession into, Template template) =>
            new RenderContext(new NodeScope(into), Options, cancellationToken).Render(template);
    }
}
