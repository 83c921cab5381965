using Analytics.Compiler.Rendering.Builtin;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering;

/// <summary>The arguments of a generic test's macro for one rendering.</summary>
internal static class TestArguments
{
    private const string FilterMacro = "get_where_subquery";

    /// <summary><c>model</c>, <c>column_name</c> where there is one, and the declared arguments, rendered.</summary>
    /// <param name="test">The test.</param>
    /// <param name="use">Its generic part.</param>
    /// <param name="tested">The relation under test.</param>
    /// <param name="scope">Where relations are.</param>
    /// <param name="macros">Has the macro that filters the relation.</param>
    /// <param name="context">Renders the arguments.</param>
    public static PyDict Make(
        TestNode test,
        GenericTestUse use,
        RelationNode tested,
        RenderScope scope,
        MacroLibrary macros,
        RenderContext context
    )
    {
        var model = tested is ModelNode { Materialization: Materialization.Ephemeral } ephemeral
            ? RelationValue.Ephemeral(EphemeralInliner.NameOf(ephemeral))
            : RelationValue.Of(scope.Relations.Of(tested), tested);
        var arguments = new PyDict { { "model", Filtered(scope.Inputs.Limit(model), test, macros, context) } };
        if (use.Column is not null)
        {
            arguments["column_name"] = use.Column;
        }

        foreach (var entry in use.Declaration.Arguments.Entries)
        {
            arguments[entry.Key] = YamlTemplates.RenderArgument(entry.Value, context);
        }

        return arguments;
    }

    // dbt asks a macro that a project may replace. Without a filter the built-in one changes nothing.
    private static object? Filtered(RelationValue model, TestNode test, MacroLibrary macros, RenderContext context)
    {
        var macro = macros.Resolve(test.Package, FilterMacro);
        return test.Settings.Where is null && ReferenceEquals(macro, macros.Find(BuiltinPackage.Name, FilterMacro))
            ? model
            : context.Call(macro, [model], [], test.Span);
    }
}
