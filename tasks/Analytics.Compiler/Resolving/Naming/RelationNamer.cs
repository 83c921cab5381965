using System.Collections.Immutable;
using System.Text;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.Builtin;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Jinja;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Naming;

/// <summary>Asks the project's naming macros where a node's relation is.</summary>
internal sealed class RelationNamer(ProjectContext project, ICollection<Diagnostic> diagnostics)
{
    private const int LongestIdentifier = 63;

    /// <summary>The relation of a model, seed or snapshot; null when a macro failed (which was reported).</summary>
    public RelationName? Name(
        string name,
        string package,
        string kind,
        ImmutableArray<string> fqn,
        SourceSpan span,
        SettingsReader settings,
        MergedConfig config,
        object? version = null
    )
    {
        var node = ModelValue.Unnamed(name, package, kind, fqn, config.Freeze(), version);
        var database = Call("generate_database_name", settings.Text("database"), node, package, span);
        var schema =
            settings.Text("target_schema")
            ?? Call("generate_schema_name", settings.Text("schema"), node, package, span);
        var alias = Call("generate_alias_name", settings.Text("alias"), node, package, span);
        if (database is null || schema is null || alias is null)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetByteCount(alias);
        if (bytes > LongestIdentifier)
        {
            diagnostics.Add(GraphDiagnostics.LongName(span, alias, bytes));
        }

        return new RelationName(database, schema, alias);
    }

    private string? Call(string macro, string? custom, FrozenMapping node, string package, SourceSpan span)
    {
        var session = new ValueSession(project, package, span);
        var callable =
            project.Macros.Find(project.Macros.RootPackage, macro)
            ?? project.Macros.Find(package, macro)
            ?? project.Macros.Find(BuiltinPackage.Name, macro);
        try
        {
            var context = new RenderContext(new NodeScope(session), ProjectContext.RenderOptions);
            return PyText.Str(context.Call(callable, [custom, node], [], span)).Trim();
        }
        catch (TemplateException exception)
        {
            diagnostics.Add(session.ToDiagnostic(exception));
            return null;
        }
    }
}
