using System.Collections.Immutable;
using System.Text.Json;
using Analytics.Compiler;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Applying;

/// <summary>
/// The comment before every statement of a node, which tells who looks at the server's log what it is for: <c>query-comment</c> of the
/// project, or a line of JSON.
/// </summary>
internal static class QueryComment
{
    // What dbt gives the macro that it makes of the text.
    private const string Parameters =
        "{%- set node = model -%}{%- set connection_name = model.unique_id if model else none -%}";

    /// <summary>The comment and a line break; empty where the project wants none.</summary>
    /// <param name="project">The project.</param>
    /// <param name="node">Whose statement it is.</param>
    public static string For(CompiledProject project, GraphNode node)
    {
        var text = Template(project) is null ? OwnText(project, node) : Render(project, node).Sql?.Text.Trim() ?? "";

        // The end of a comment in it is the only danger; in the text of a project it was refused.
        return text.Length == 0 ? text : $"/* {text.Replace("*/", "*\\u002f", StringComparison.Ordinal)} */\n";
    }

    /// <summary>What is wrong with the project's text, for the first node that has no comment for it; nothing for most projects.</summary>
    public static ImmutableArray<Diagnostic> Check(CompiledProject project, IEnumerable<GraphNode> nodes)
    {
        if (Template(project) is not { Length: > 0 })
        {
            return [];
        }

        foreach (var node in nodes)
        {
            var rendered = Render(project, node);
            if (rendered.Sql is not { } sql)
            {
                return rendered.Diagnostics;
            }

            if (sql.Text.Contains("*/", StringComparison.Ordinal))
            {
                var span = project.Source.Root.Definition.QueryComment!.Span;
                return
                [
                    ProjectDiagnostics.InvalidConfig(span, "query-comment", $"'{sql.Text}'", "a text without '*/'"),
                ];
            }
        }

        return [];
    }

    private static string? Template(CompiledProject project) => project.Source.Root.Definition.QueryComment?.Template;

    private static string OwnText(CompiledProject project, GraphNode node) =>
        $"{{\"app\": \"analytics-sdk\", \"target_name\": {JsonSerializer.Serialize(project.Target.Name)}, \"node_id\": {JsonSerializer.Serialize(node.UniqueId)}}}";

    private static RenderResult Render(CompiledProject project, GraphNode node)
    {
        var scope = new RenderScope(FinalRelations.Instance, false, false, NoWarehouse.Instance, Execute: true);
        return project.Renderer.RenderText(
            node,
            Parameters + Template(project),
            project.Source.Root.Definition.QueryComment!.Span,
            scope
        );
    }
}
