using System.Text;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.Builtin;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Naming;

/// <summary>Asks the project's naming macros where a node's relation is.</summary>
internal sealed class RelationNamer(ProjectContext project, ICollection<Diagnostic> diagnostics)
{
    private const int LongestIdentifier = 63;

    // A macro that made a name without a look at the node makes the same one for every node that asks it the same.
    private readonly Dictionary<Question, string> answers = [];

    /// <summary>The relation of a model, seed or snapshot; null when a macro failed (which was reported).</summary>
    /// <param name="node">The node.</param>
    /// <param name="settings">Reads its config.</param>
    /// <param name="config">Its config.</param>
    /// <param name="defaultSchema">What the naming macro gets where the config has no schema.</param>
    /// <param name="defaultAlias">What it gets where the config has no alias.</param>
    public RelationName? Name(
        UnnamedNode node,
        SettingsReader settings,
        MergedConfig config,
        string? defaultSchema = null,
        string? defaultAlias = null
    )
    {
        var target = project.Options.Target;
        var value = ModelValue.Unnamed(
            node,
            config.Freeze(),
            new RelationName(target.Database, target.Schema, node.Name)
        );
        var database =
            settings.Text("target_database") ?? Call("generate_database_name", settings.Text("database"), value, node);
        var schema =
            settings.Text("target_schema")
            ?? Call("generate_schema_name", settings.Text("schema") ?? defaultSchema, value, node);
        var alias = Call("generate_alias_name", settings.Text("alias") ?? defaultAlias, value, node);
        if (database is null || schema is null || alias is null)
        {
            return null;
        }

        foreach (var (what, name) in (ReadOnlySpan<(string, string)>)[("relation", alias), ("schema", schema)])
        {
            var bytes = Encoding.UTF8.GetByteCount(name);
            if (bytes > LongestIdentifier)
            {
                diagnostics.Add(GraphDiagnostics.LongName(node.Span, what, name, bytes));
            }
        }

        return new RelationName(database, schema, alias);
    }

    // A package names its own nodes where it has a macro for it; else the project does, and else dbt's own rule holds.
    private string? Call(string macro, string? custom, FrozenMapping value, UnnamedNode node)
    {
        var question = new Question(node.Package, macro, custom);
        if (answers.TryGetValue(question, out var known))
        {
            return known;
        }

        var session = new ValueSession(project, node.Package, node.Span);
        var callable =
            project.Macros.Find(node.Package, macro)
            ?? project.Macros.Find(project.Macros.RootPackage, macro)
            ?? project.Macros.Find(BuiltinPackage.Name, macro);
        try
        {
            var context = new RenderContext(new NodeScope(session), ProjectContext.RenderOptions);
            var name = PyText.Str(context.Call(callable, [custom, value], [], node.Span)).Trim();
            if (!value.WasRead)
            {
                answers.Add(question, name);
            }

            return name;
        }
        catch (TemplateException exception)
        {
            diagnostics.Add(session.ToDiagnostic(exception));
            return null;
        }
    }

    private sealed record Question(string Package, string Macro, string? Custom);
}
