using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving.Contracts;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Checks the shape of <c>constraints:</c>; later stages read them from the raw entry.</summary>
internal static class ConstraintReader
{
    public static void Check(YamlNode? node, string place, ShapeReader shapes)
    {
        foreach (var entry in shapes.Mappings(node, $"'constraints' of {place}", "a constraint"))
        {
            shapes.CheckKeys(entry, PropertyKeys.Constraint);
            if (shapes.Required(entry, "type", "a constraint") is { } type && ConstraintSql.KindOf(type.Text) is null)
            {
                shapes.Report(
                    ProjectDiagnostics.InvalidConfig(
                        type.Content,
                        "type",
                        $"'{type.Text}'",
                        string.Join(", ", ConstraintSql.Words)
                    )
                );
            }
        }
    }
}
