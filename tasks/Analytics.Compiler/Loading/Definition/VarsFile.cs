using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>Reads <c>vars.yml</c>, where a project may keep its variables instead of in <c>dbt_project.yml</c>.</summary>
internal static class VarsFile
{
    public const string FileName = "vars.yml";

    /// <summary>The mapping under <c>vars:</c>; null when there is no such file, or nothing in it.</summary>
    public static YamlMapping? Read(
        ProjectFileSet files,
        ShapeReader shapes,
        ImmutableArray<Diagnostic>.Builder diagnostics
    )
    {
        var file = files.Files.FirstOrDefault(file => file.Path == FileName);
        if (file is null || TextDecoder.Decode(file, files.Directory, diagnostics) is not { } text)
        {
            return null;
        }

        var document = YamlReader.Parse(text);
        diagnostics.AddRange(document.Diagnostics);
        if (shapes.Mapping(document.Root, FileName) is not { } root)
        {
            return null;
        }

        shapes.CheckKeys(root, ProjectKeys.Vars);
        return shapes.Mapping(root["vars"], "'vars'");
    }
}
