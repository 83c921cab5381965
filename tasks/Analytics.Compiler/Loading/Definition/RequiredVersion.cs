using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>Holds <c>require-dbt-version</c> against the version that a project finds here.</summary>
internal static class RequiredVersion
{
    private const string Key = "require-dbt-version";

    /// <summary>Whether the project lets its <c>flags</c> skip the check, for its packages too.</summary>
    public static bool IsSkipped(ProjectDefinition project) =>
        project.Raw?["flags"] is YamlMapping flags && flags["version_check"] is YamlScalar { Value: false };

    /// <summary>Reports what does not fit.</summary>
    /// <param name="definition">The project or package.</param>
    /// <param name="shapes">Takes the reports.</param>
    public static void Check(ProjectDefinition definition, ShapeReader shapes)
    {
        foreach (var scalar in shapes.Texts(definition.Raw?[Key], $"'{Key}'"))
        {
            // As a text it may hold several, with commas between them.
            foreach (var requirement in scalar.Text.Split(',', StringSplitOptions.TrimEntries))
            {
                switch (DbtVersion.Fits(requirement))
                {
                    case null:
                        shapes.Report(
                            ProjectDiagnostics.InvalidConfig(
                                scalar.Content,
                                Key,
                                $"'{requirement}'",
                                "an operator and a version of three numbers, for example '>=1.6.0'"
                            )
                        );
                        break;
                    case false:
                        shapes.Report(
                            ProjectDiagnostics.DbtVersion(scalar.Content, definition.Name, requirement, DbtVersion.Text)
                        );
                        break;
                    default:
                        break;
                }
            }
        }
    }
}
