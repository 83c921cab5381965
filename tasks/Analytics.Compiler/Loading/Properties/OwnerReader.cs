using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Checks <c>owner:</c> of exposures and groups: somebody must be reachable, the other keys are free.</summary>
internal static class OwnerReader
{
    public static void Check(YamlMapping entry, string what, ShapeReader shapes)
    {
        var node = entry["owner"];
        if (ShapeReader.IsAbsent(node))
        {
            shapes.Report(ProjectDiagnostics.MissingKey(entry.Entries[0].KeySpan, "owner", what));
        }
        else if (
            shapes.Mapping(node, $"'owner' of {what}") is { } owner
            && ShapeReader.IsAbsent(owner["name"])
            && ShapeReader.IsAbsent(owner["email"])
        )
        {
            shapes.Report(
                ProjectDiagnostics.MissingKey(entry.Find("owner")!.KeySpan, "name' or 'email", $"'owner' of {what}")
            );
        }
    }
}
