using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Checks the shape of a function; later stages read its keys from the raw entry.</summary>
internal static class FunctionReader
{
    /// <summary>Checks an entry of <c>functions:</c>.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="what">What messages call it.</param>
    /// <param name="shapes">Takes the reports.</param>
    public static void Check(YamlMapping entry, string what, ShapeReader shapes)
    {
        foreach (var argument in shapes.Mappings(entry["arguments"], $"'arguments' of {what}", "an argument"))
        {
            shapes.CheckKeys(argument, PropertyKeys.FunctionArgument);
            _ = shapes.Required(argument, "name", $"an argument of {what}");
            _ = shapes.Required(argument, "data_type", $"an argument of {what}");
            _ = shapes.Text(argument["default_value"], $"'default_value' of {what}");
        }

        if (shapes.Mapping(entry["returns"], $"'returns' of {what}") is { } returns)
        {
            shapes.CheckKeys(returns, PropertyKeys.Returns);
            _ = shapes.Required(returns, "data_type", $"'returns' of {what}");
        }
        else if (ShapeReader.IsAbsent(entry["returns"]))
        {
            shapes.Report(ProjectDiagnostics.MissingKey(entry.Span, "returns", what));
        }

        if (entry.Find("overloads") is { } overloads)
        {
            shapes.Report(ProjectDiagnostics.UnsupportedFeature(overloads.KeySpan, $"'overloads' of {what}"));
        }
    }
}
