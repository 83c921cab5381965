using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Checks the shape of an exposure; later stages read its keys from the raw entry.</summary>
internal static class ExposureReader
{
    private static readonly string[] Types = ["dashboard", "notebook", "analysis", "ml", "application"];
    private static readonly string[] Maturities = ["low", "medium", "high"];

    /// <summary>Checks an entry of <c>exposures:</c>.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="what">What messages call it.</param>
    /// <param name="shapes">Takes the reports.</param>
    public static void Check(YamlMapping entry, string what, ShapeReader shapes)
    {
        if (shapes.Required(entry, "type", what) is { } type)
        {
            OneOf(type, "type", Types, shapes);
        }

        if (shapes.Scalar(entry["maturity"], $"'maturity' of {what}") is { } maturity)
        {
            OneOf(maturity, "maturity", Maturities, shapes);
        }

        _ = shapes.Text(entry["label"], $"'label' of {what}");
        _ = shapes.Text(entry["url"], $"'url' of {what}");
        _ = shapes.Texts(entry["depends_on"], $"'depends_on' of {what}");
        OwnerReader.Check(entry, what, shapes);
    }

    private static void OneOf(YamlScalar scalar, string key, string[] words, ShapeReader shapes)
    {
        if (!words.Contains(scalar.Text, StringComparer.Ordinal))
        {
            shapes.Report(
                ProjectDiagnostics.InvalidConfig(
                    scalar.Content,
                    key,
                    $"'{scalar.Text}'",
                    $"one of {string.Join(", ", words)}"
                )
            );
        }
    }
}
