using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering;

/// <summary>The arguments of a generic test's macro for one rendering.</summary>
internal static class TestArguments
{
    /// <summary><c>model</c>, <c>column_name</c> where there is one, and the declared arguments, rendered.</summary>
    /// <param name="test">The test.</param>
    /// <param name="use">Its generic part.</param>
    /// <param name="tested">The relation under test.</param>
    /// <param name="scope">Where relations are.</param>
    /// <param name="context">Renders the arguments.</param>
    public static PyDict Make(
        TestNode test,
        GenericTestUse use,
        RelationNode tested,
        RenderScope scope,
        RenderContext context
    )
    {
        var model = tested is ModelNode { Materialization: Materialization.Ephemeral } ephemeral
            ? RelationValue.Ephemeral(EphemeralInliner.NameOf(ephemeral))
            : RelationValue.Of(scope.Relations.Of(tested), tested);
        if (test.Settings.Where is { } where)
        {
            model = model with { Instead = $"(select * from {model.AsText()} where {where}) dbt_subquery" };
        }

        var arguments = new PyDict { { "model", model } };
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
}
