using System.Globalization;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Deployment.Planning.Selection.Matching;

/// <summary>The method <c>version</c>: what a model's version is beside the latest one.</summary>
internal static class VersionPattern
{
    public static readonly string[] Words = ["latest", "prerelease", "old", "none"];

    public static bool Fits(GraphNode node, string word) =>
        node is ModelNode model
        && word switch
        {
            "none" => model.Version is null,
            "latest" => model.Version is { IsLatest: true },
            "prerelease" => model.Version is { IsLatest: false } version && Compare(version) > 0,
            _ => model.Version is { IsLatest: false } version && Compare(version) < 0,
        };

    // As dbt: by number where both are numbers, else as text.
    private static int Compare(ModelVersion version)
    {
        var latest = PyText.Str(version.Latest);
        return
            double.TryParse(version.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var mine)
            && double.TryParse(latest, NumberStyles.Float, CultureInfo.InvariantCulture, out var other)
            ? mine.CompareTo(other)
            : string.CompareOrdinal(version.Text, latest);
    }
}
