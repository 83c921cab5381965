using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>Reads the <c>…-paths</c> keys of <c>dbt_project.yml</c>.</summary>
internal static class PathsReader
{
    private const string Expected = "a folder inside the project, relative to it";

    /// <summary>dbt's folders.</summary>
    public static ResourcePaths Defaults { get; } =
        WithDocs(["models"], ["seeds"], ["tests"], ["analyses"], ["macros"], ["snapshots"], ["functions"], []);

    public static ResourcePaths Read(YamlMapping root, ShapeReader shapes) =>
        WithDocs(
            Folders(root, "model-paths", "source-paths", Defaults.Models, shapes),
            Folders(root, "seed-paths", "data-paths", Defaults.Seeds, shapes),
            Folders(root, "test-paths", null, Defaults.Tests, shapes),
            Folders(root, "analysis-paths", null, Defaults.Analyses, shapes),
            Folders(root, "macro-paths", null, Defaults.Macros, shapes),
            Folders(root, "snapshot-paths", null, Defaults.Snapshots, shapes),
            Folders(root, "function-paths", null, Defaults.Functions, shapes),
            Folders(root, "docs-paths", null, [], shapes)
        );

    private static ResourcePaths WithDocs(
        ImmutableArray<string> models,
        ImmutableArray<string> seeds,
        ImmutableArray<string> tests,
        ImmutableArray<string> analyses,
        ImmutableArray<string> macros,
        ImmutableArray<string> snapshots,
        ImmutableArray<string> functions,
        ImmutableArray<string> docs
    )
    {
        ImmutableArray<string> all =
        [
            .. models
                .Concat(seeds)
                .Concat(tests)
                .Concat(analyses)
                .Concat(macros)
                .Concat(snapshots)
                .Concat(functions)
                .Distinct(StringComparer.Ordinal),
        ];
        return new ResourcePaths(
            models,
            seeds,
            tests,
            analyses,
            macros,
            snapshots,
            functions,
            docs.IsEmpty ? all : docs
        );
    }

    private static ImmutableArray<string> Folders(
        YamlMapping root,
        string key,
        string? olderKey,
        ImmutableArray<string> defaults,
        ShapeReader shapes
    )
    {
        var node = root[key] ?? (olderKey is null ? null : root[olderKey]);
        if (node is null)
        {
            return defaults;
        }

        var texts = shapes.Texts(node, $"'{key}'");
        if (texts.IsEmpty && node is not YamlSequence { Items.IsEmpty: true })
        {
            return defaults;
        }

        var folders = ImmutableArray.CreateBuilder<string>();
        foreach (var folder in texts)
        {
            var path = Normalize(folder.Text);
            if (path is null)
            {
                shapes.Report(ProjectDiagnostics.InvalidConfig(folder.Content, key, $"'{folder.Text}'", Expected));
            }
            else if (!folders.Contains(path))
            {
                folders.Add(path);
            }
        }

        return folders.ToImmutable();
    }

    // Empty means the project folder itself; null a path that leaves it.
    private static string? Normalize(string text)
    {
        var path = text.Replace('\\', '/');
        if (path.StartsWith('/') || (path.Length > 1 && path[1] == ':'))
        {
            return null;
        }

        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(segment => segment != ".")
            .ToArray();
        return segments.Contains("..", StringComparer.Ordinal) ? null : string.Join('/', segments);
    }
}
