using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Checks the shape of <c>constraints:</c>; later stages read them from the raw entry.</summary>
internal static class ConstraintReader
{
    private static readonly string[] Types = ["check", "not_null", "unique", "primary_key", "foreign_key", "custom"];

    public static void Check(YamlNode? node, string place, ShapeReader shapes)
    {
        foreach (var entry in shapes.Mappings(node, $"'constraints' of {place}", "a constraint"))
        {
            shapes.CheckKeys(entry, PropertyKeys.Constraint);
            if (
                shapes.Required(entry, "type", "a constraint") is { } type
                && !Types.Contains(type.Text, StringComparer.Ordinal)
            )
            {
                shapes.Report(
                    ProjectDiagnostics.InvalidConfig(type.Content, "type", $"'{type.Text}'", string.Join(", ", Types))
                );
            }
        }
    }
}
