using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Contracts;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Hooks;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>
/// Writes the table of a model with a contract: its columns and constraints, then its rows. A foreign key leads to where the other
/// table is built, and follows it when both are moved; one to a table that takes its new rows in the cut-over has to wait for them.
/// </summary>
internal sealed class ContractedTable(RunContext context, CancellationToken cancellationToken)
{
    /// <summary>The statements that make the staged table.</summary>
    /// <param name="model">The model.</param>
    /// <param name="contract">Its contract.</param>
    /// <param name="staged">Where the table is made.</param>
    /// <param name="query">Its query.</param>
    /// <returns>The statements; null ones when a template of a constraint failed.</returns>
    public (ContractedStatements? Statements, ImmutableArray<Diagnostic> Diagnostics) Write(
        ModelNode model,
        Contract contract,
        RelationName staged,
        RenderedSql query
    )
    {
        var diagnostics = new List<Diagnostic>();
        var (built, waiting) = Places(model);
        var lines = new List<string>();
        var keys = new List<string>();
        foreach (var column in contract.Columns)
        {
            var parts = new List<string> { column.ToSql(), column.DataType };
            foreach (var constraint in column.Constraints)
            {
                var text = ConstraintSql.OfColumn(Rendered(model, constraint, diagnostics));
                if (constraint.Kind == ConstraintKind.ForeignKey && waiting.Of(text) != text)
                {
                    keys.Add($"foreign key ({column.ToSql()}) {text}");
                }
                else if (text.Length > 0)
                {
                    parts.Add(built.Of(text));
                }
            }

            lines.Add(string.Join(' ', parts));
        }

        foreach (var constraint in contract.Constraints)
        {
            var text = ConstraintSql.OfTable(Rendered(model, constraint, diagnostics));
            if (constraint.Kind == ConstraintKind.ForeignKey && waiting.Of(text) != text)
            {
                keys.Add(text);
            }
            else if (text.Length > 0)
            {
                lines.Add(built.Of(text));
            }
        }

        if (diagnostics.Count > 0)
        {
            return (null, [.. diagnostics]);
        }

        var create =
            $"create {TableStatements.Persistence(model)}table {staged.ToSql()} (\n  {string.Join(",\n  ", lines)}\n)";
        var names = string.Join(", ", contract.Columns.Select(column => column.ToSql()));
        var insert = Statement.Around(
            $"insert into {staged.ToSql()} ({names}) (\nselect {names} from (\n",
            query,
            "\n) as model_subq\n)"
        );
        return (
            new ContractedStatements(
                new Statement(create),
                insert,
                [.. keys.Select(key => $"alter table {model.Relation.ToSql()} add {key}")]
            ),
            []
        );
    }

    // The texts of a constraint may hold templates, and what a key leads to is one, mostly without braces.
    private ConstraintDefinition Rendered(
        ModelNode model,
        ConstraintDefinition constraint,
        List<Diagnostic> diagnostics
    )
    {
        string? Text(string? text)
        {
            var template = text is not null && IsCall(text) ? $"{{{{ {text} }}}}" : text;
            if (template?.Contains("{", StringComparison.Ordinal) != true)
            {
                return text;
            }

            var scope = new RenderScope(
                FinalRelations.Instance,
                false,
                context.FullRefresh,
                NoWarehouse.Instance,
                Execute: true
            )
            {
                Selected = context.Selected,
            };
            var hook = new NodeHook(template, true, constraint.Span);
            var rendered = context.Project.Renderer.RenderHook(model, hook, scope, cancellationToken);
            diagnostics.AddRange(rendered.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error));
            return rendered.Sql?.Text;
        }

        return constraint with
        {
            Expression = Text(constraint.Expression) ?? string.Empty,
            To = Text(constraint.To),
        };
    }

    private static bool IsCall(string text) =>
        text.StartsWith("ref(", StringComparison.Ordinal) || text.StartsWith("source(", StringComparison.Ordinal);

    // Where the tables are that the model depends on: built whole, or still waiting for rows.
    private (NameTranslation Built, NameTranslation Waiting) Places(ModelNode model)
    {
        var waiting = context
            .Plan.Steps.Select(planned => planned.Step)
            .Where(step => step is BuildDelta or BuildSnapshotDelta)
            .Select(step => step.Node.UniqueId)
            .ToHashSet(StringComparer.Ordinal);
        var staged = model
            .DependsOn.Where(context.Project.Graph.Contains)
            .Select(id => context.Project.Graph[id])
            .OfType<RelationNode>()
            .Where(node => context.Staged.Of(node) != node.Relation)
            .ToLookup(node => waiting.Contains(node.UniqueId));
        return (
            new NameTranslation(staged[false].Append(model).ToDictionary(node => node.Relation, context.Staged.Of)),
            new NameTranslation(staged[true].ToDictionary(node => node.Relation, context.Staged.Of))
        );
    }
}

/// <summary>What makes the table of a model with a contract.</summary>
/// <param name="Create">Makes it, empty.</param>
/// <param name="Insert">Fills it.</param>
/// <param name="Keys">Foreign keys that are added in the cut-over, when the rows are there that they lead to.</param>
internal sealed record ContractedStatements(Statement Create, Statement Insert, ImmutableArray<string> Keys);
