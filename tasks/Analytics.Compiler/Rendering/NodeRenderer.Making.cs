using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering;

// Macros that make a model's relation.
internal sealed partial class NodeRenderer
{
    public MakingResult Make(
        ModelNode model,
        string sql,
        RenderScope scope,
        CancellationToken cancellationToken = default
    )
    {
        var maker = model.Maker!;
        var macro = project.Macros.Find(maker.Package, maker.Name)!;
        var making = scope with { IsMaking = true };
        var session = new NodeSession(project, references, description, graph, model, making);
        try
        {
            var names = Names(session, making);
            names.Define("sql", sql);
            names.Define("compiled_code", sql);
            var context = new RenderContext(names, ProjectContext.RenderOptions, cancellationToken);
            var returned = context.Call(macro, [], [], model.Span);
            ImmutableArray<Diagnostic> warnings = [.. session.Warnings];
            var relations = Relations(returned);
            return relations is null
                ? new MakingResult(
                    null,
                    null,
                    warnings.Add(
                        MaterializationDiagnostics.NoRelations(
                            model.Span,
                            model.Name,
                            macro.Definition!.Name,
                            macro.Definition.Block.Span
                        )
                    )
                )
                : new MakingResult(relations, session.Results.MainRows, warnings);
        }
        catch (TemplateException exception)
        {
            return new MakingResult(null, null, [.. session.Warnings, session.ToDiagnostic(exception)]);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new MakingResult(null, null, [InternalDiagnostics.Failure("Rendering", exception, model.Span)]);
        }
    }

    // {'relations': [...]}, each with a schema and a name; anything else is none.
    private static ImmutableArray<RelationName>? Relations(object? returned)
    {
        if (
            returned is not PyDict answer
            || !answer.TryGet("relations", out var list)
            || list is not PyList { Count: > 0 } relations
        )
        {
            return null;
        }

        var names = ImmutableArray.CreateBuilder<RelationName>(relations.Count);
        foreach (var item in relations)
        {
            if (item is not RelationValue { Schema: { } schema, Identifier: { } identifier } relation)
            {
                return null;
            }

            names.Add(new RelationName(relation.Database ?? string.Empty, schema, identifier));
        }

        return names.ToImmutable();
    }
}
