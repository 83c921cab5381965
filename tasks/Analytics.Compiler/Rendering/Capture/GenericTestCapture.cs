using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Rendering.Builtin;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Capture;

/// <summary>
/// The first pass over a use of a generic test: its macro may configure the test, and read more than its arguments name.
/// </summary>
internal static class GenericTestCapture
{
    /// <summary>Captures one use.</summary>
    /// <param name="tested">The relation under test.</param>
    /// <param name="declaration">The use.</param>
    /// <param name="macro">The test's macro.</param>
    /// <param name="template">The call of the macro.</param>
    /// <param name="project">The project.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was learned, or null when a template has an error; and what there is to say.</returns>
    public static (CapturedTemplate? Captured, ImmutableArray<Diagnostic> Diagnostics) Capture(
        RelationNode tested,
        TestDeclaration declaration,
        MacroReference macro,
        Template template,
        ProjectContext project,
        CancellationToken cancellationToken
    )
    {
        // Those that the SDK brings do neither, and most tests are of them.
        if (macro.Package == BuiltinPackage.Name)
        {
            return (new CapturedTemplate(template, [], [], []), []);
        }

        var session = new CaptureSession(project, tested.Package, declaration.TestName, declaration.NameSpan, false);
        try
        {
            var names = new NodeScope(session);
            var context = new RenderContext(names, TemplateCapture.Options, cancellationToken);
            names.Define(GenericTestTemplate.ArgumentsName, Arguments(tested, declaration, context));

            // The arguments' own are read from the YAML, where they have a place.
            session.Refs.Clear();
            session.Sources.Clear();
            context.Render(template);
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
            // A bug of ours in one test must not hide what the others have to say, nor end the host.
            return (null, [InternalDiagnostics.Failure("Rendering", exception, declaration.NameSpan)]);
        }
    }

    private static PyDict Arguments(RelationNode tested, TestDeclaration declaration, RenderContext context)
    {
        var arguments = new PyDict { { "model", RelationValue.Of(tested.Relation, tested) } };
        if (declaration.Column is not null)
        {
            arguments["column_name"] = declaration.Column;
        }

        foreach (var entry in declaration.Arguments.Entries)
        {
            arguments[entry.Key] = YamlTemplates.RenderArgument(entry.Value, context);
        }

        return arguments;
    }
}
