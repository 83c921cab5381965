using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>Reads <c>dbt_project.yml</c>.</summary>
internal static class DefinitionReader
{
    public const string FileName = "dbt_project.yml";

    private static readonly (string Key, ResourceKind Kind)[] Trees =
    [
        ("models", ResourceKind.Model),
        ("seeds", ResourceKind.Seed),
        ("snapshots", ResourceKind.Snapshot),
        ("sources", ResourceKind.Source),
        ("analyses", ResourceKind.Analysis),
        ("macros", ResourceKind.Macro),
        ("exposures", ResourceKind.Exposure),
        ("unit_tests", ResourceKind.UnitTest),
        ("functions", ResourceKind.Function),
    ];

    /// <summary>The definition of a set of files; null when there is a file that cannot be read at all.</summary>
    /// <param name="files">The files.</param>
    /// <param name="shapes">Takes reports of the file's shape.</param>
    /// <param name="diagnostics">Takes reports of its syntax.</param>
    /// <param name="templates">Renders values; without it they stay as they are written.</param>
    public static ProjectDefinition? Read(
        ProjectFileSet files,
        ShapeReader shapes,
        ImmutableArray<Diagnostic>.Builder diagnostics,
        DefinitionTemplates? templates = null
    )
    {
        var file = files.Files.FirstOrDefault(candidate => candidate.Path == FileName);
        if (file is null)
        {
            return Absent(files);
        }

        if (TextDecoder.Decode(file, files.Directory, diagnostics) is not { } source)
        {
            return null;
        }

        var document = YamlReader.Parse(source);
        diagnostics.AddRange(document.Diagnostics);
        if (document.Root is YamlMapping root)
        {
            var definition = Read(templates?.Render(root) ?? root, source, files.NameHint, shapes);
            return VarsFile.Read(files, shapes, diagnostics) is { } vars
                ? WithVars(definition, vars, shapes)
                : definition;
        }

        if (document.Root is { } other)
        {
            diagnostics.Add(ProjectDiagnostics.YamlShape(other.Span, FileName, "a mapping", other.KindName));
        }
        else if (document.Diagnostics.IsEmpty)
        {
            diagnostics.Add(ProjectDiagnostics.MissingKey(source.Span(0, 0), "name", FileName));
        }

        return null;
    }

    private static ProjectDefinition WithVars(ProjectDefinition definition, YamlMapping vars, ShapeReader shapes)
    {
        if (definition.Raw?.Find("vars") is { } twice)
        {
            shapes.Report(ProjectDiagnostics.RepeatedVars(twice.KeySpan));
            return definition;
        }

        return definition with
        {
            Vars = vars,
        };
    }

    private static ProjectDefinition Absent(ProjectFileSet files) =>
        new(
            ProjectName.Sanitize(files.NameHint),
            new SourceFile(FileName, string.Empty, files.Directory).Span(0, 0),
            Version: null,
            Profile: null,
            PathsReader.Defaults,
            Vars: null,
            ConfigTrees.None,
            OnRunStart: [],
            OnRunEnd: [],
            new Dictionary<string, IReadOnlyList<string>>(),
            Quoting: null,
            Raw: null
        );

    private static ProjectDefinition Read(YamlMapping root, SourceFile source, string nameHint, ShapeReader shapes)
    {
        shapes.CheckKeys(root, ProjectKeys.Project);
        var (name, nameSpan) = Name(root, source, nameHint, shapes);
        if (root["config-version"] is YamlScalar { Value: not (null or 2L) } version)
        {
            shapes.Report(ProjectDiagnostics.InvalidConfig(version.Span, "config-version", version.Text, "2"));
        }

        var quoting = shapes.Mapping(root["quoting"], "'quoting'");
        if (quoting is not null)
        {
            shapes.CheckKeys(quoting, ProjectKeys.Quoting);
        }

        return new ProjectDefinition(
            name,
            nameSpan,
            shapes.Text(root["version"], "'version'"),
            shapes.Text(root["profile"], "'profile'"),
            PathsReader.Read(root, shapes),
            shapes.Mapping(root["vars"], "'vars'"),
            ReadTrees(root, shapes),
            Hooks(root, "on-run-start", shapes),
            Hooks(root, "on-run-end", shapes),
            Dispatch(root, shapes),
            quoting,
            root
        )
        {
            QueryComment = QueryComment(root, shapes),
            RestrictsAccess = shapes.Flag(root["restrict-access"], "'restrict-access'") ?? false,
        };
    }

    private static (string Name, SourceSpan Span) Name(
        YamlMapping root,
        SourceFile source,
        string nameHint,
        ShapeReader shapes
    )
    {
        if (shapes.Required(root, "name", FileName) is not { } name)
        {
            return (ProjectName.Sanitize(nameHint), source.Span(0, 0));
        }

        if (ProjectName.IsValid(name.Text))
        {
            return (name.Text, name.Content);
        }

        shapes.Report(ProjectDiagnostics.InvalidName(name.Content, "project name", name.Text, ProjectName.Rule));
        return (ProjectName.Sanitize(name.Text), name.Content);
    }

    private static ConfigTrees ReadTrees(YamlMapping root, ShapeReader shapes)
    {
        var trees = new ConfigTrees();
        foreach (var (key, kind) in Trees)
        {
            if (ConfigTree(root, key, shapes) is { } tree)
            {
                trees.Add(kind, tree);
            }
        }

        // Two names of one tree; dbt refuses both at once.
        var tests = ConfigTree(root, "data_tests", shapes);
        var older = ConfigTree(root, "tests", shapes);
        if (tests is not null && older is not null)
        {
            shapes.Report(ProjectDiagnostics.DuplicateKey(root.Find("tests")!.KeySpan, "data_tests"));
        }

        if ((tests ?? older) is { } testTree)
        {
            trees.Add(ResourceKind.Test, testTree);
        }

        return trees;
    }

    private static YamlMapping? ConfigTree(YamlMapping root, string key, ShapeReader shapes)
    {
        var tree = shapes.Mapping(root[key], $"'{key}'");
        if (tree is not null)
        {
            ConfigReader.CheckTree(tree, shapes);
        }

        return tree;
    }

    // A text, a mapping with the text in it, or nothing, which switches the comment off.
    private static QueryCommentSettings? QueryComment(YamlMapping root, ShapeReader shapes)
    {
        if (root.Find("query-comment") is not { } entry)
        {
            return null;
        }

        if (entry.Value is YamlScalar scalar)
        {
            return new QueryCommentSettings(Text(scalar), scalar.Span);
        }

        if (shapes.Mapping(entry.Value, "'query-comment'") is not { } mapping)
        {
            return null;
        }

        shapes.CheckKeys(mapping, ProjectKeys.QueryComment);
        var comment = shapes.Scalar(mapping["comment"], "'comment' of 'query-comment'");
        _ = shapes.Flag(mapping["append"], "'append' of 'query-comment'");
        return new QueryCommentSettings(comment is null ? null : Text(comment), comment?.Span ?? mapping.Span);
    }

    private static string Text(YamlScalar scalar) => scalar.Value is null ? string.Empty : scalar.Text;

    private static ImmutableArray<YamlScalar> Hooks(YamlMapping root, string key, ShapeReader shapes)
    {
        if (root[key] is not YamlSequence list)
        {
            return shapes.Texts(root[key], $"'{key}'");
        }

        var hooks = ImmutableArray.CreateBuilder<YamlScalar>();
        foreach (var item in list.Items)
        {
            if (item is YamlMapping mapping)
            {
                shapes.CheckKeys(mapping, ProjectKeys.Hook);
                if (shapes.Required(mapping, "sql", $"a hook of '{key}'") is { } sql)
                {
                    hooks.Add(sql);
                }
            }
            else if (shapes.Scalar(item, $"a hook of '{key}'") is { } text)
            {
                hooks.Add(text);
            }
        }

        return hooks.ToImmutable();
    }

    private static Dictionary<string, IReadOnlyList<string>> Dispatch(YamlMapping root, ShapeReader shapes)
    {
        var result = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var entry in shapes.Mappings(root["dispatch"], "'dispatch'", "an entry of 'dispatch'"))
        {
            shapes.CheckKeys(entry, ProjectKeys.Dispatch);
            var macroNamespace = shapes.Required(entry, "macro_namespace", "an entry of 'dispatch'");
            var order = shapes.Texts(entry["search_order"], "'search_order'");
            if (entry["search_order"] is null)
            {
                _ = shapes.Required(entry, "search_order", "an entry of 'dispatch'");
            }

            if (macroNamespace is not null)
            {
                result[macroNamespace.Text] = order.Select(package => package.Text).ToList();
            }
        }

        return result;
    }
}
