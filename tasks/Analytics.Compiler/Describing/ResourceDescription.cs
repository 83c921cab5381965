using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>Describes what is no node of the graph: groups and docs blocks, by unique id in ordinal order.</summary>
internal static class ResourceDescription
{
    private const string Overview =
        "### Welcome\n\nThis site describes a warehouse: its models, their columns and tests, and what is made of what.";

    public static PyDict Groups(ProjectSource source) =>
        ById(
            source
                .All.SelectMany(package => package.Groups)
                .Select(group =>
                {
                    var file = group.NameSpan.File.Path;
                    var described = Start(group.Name, "group", group.Package, group.RelativePath, file);
                    described["owner"] = Owner(group.Raw);
                    described["description"] = (group.Raw["description"] as YamlScalar)?.Text;
                    described["config"] = new PyDict
                    {
                        { "meta", group.Raw["meta"] is YamlMapping meta ? YamlValues.ToDict(meta) : [] },
                    };
                    return described;
                })
        );

    /// <summary>The owner of an exposure or a group, with the two keys that it always has.</summary>
    public static PyDict Owner(YamlMapping entry)
    {
        var owner = new PyDict { { "email", null }, { "name", null } };
        foreach (var part in (entry["owner"] as YamlMapping)?.Entries ?? [])
        {
            owner[part.Key] = YamlValues.ToNative(part.Value);
        }

        return owner;
    }

    /// <summary>The docs blocks, and the front page that dbt's site wants where the project has none of its own.</summary>
    public static PyDict Docs(ProjectSource source) =>
        ById(
            source
                .All.SelectMany(package => package.Docs)
                .Select(block => Doc(block.Package, block.Name, block.Body.File.Path, block.Body.Text.Trim()))
                .Append(Doc("dbt", "__overview__", "docs/overview.md", Overview))
        );

    private static PyDict Doc(string package, string name, string file, string contents)
    {
        var described = Start(name, "doc", package, file, file);
        described["block_contents"] = contents;
        return described;
    }

    /// <summary>The six keys that everything begins with.</summary>
    public static PyDict Start(string name, string kind, string package, string path, string file) =>
        new()
        {
            { "name", name },
            { "resource_type", kind },
            { "package_name", package },
            { "path", path },
            { "original_file_path", file },
            { "unique_id", $"{kind}.{package}.{name}" },
        };

    // Of two with one id the first counts: the second was reported when it was loaded.
    private static PyDict ById(IEnumerable<PyDict> described)
    {
        var result = new PyDict();
        foreach (var entry in described.OrderBy(entry => (string)entry["unique_id"]!, StringComparer.Ordinal))
        {
            if (!result.Contains(entry["unique_id"]))
            {
                result[entry["unique_id"]] = entry;
            }
        }

        return result;
    }
}
