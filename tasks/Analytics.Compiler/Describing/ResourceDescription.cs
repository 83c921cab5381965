using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>Describes what is no node of the graph: groups, macros and docs blocks, by unique id in ordinal order.</summary>
internal static class ResourceDescription
{
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

    public static PyDict Macros(ProjectSource source) =>
        ById(source.All.SelectMany(package => package.Macros).Select(Macro));

    public static PyDict Docs(ProjectSource source) =>
        ById(
            source
                .All.SelectMany(package => package.Docs)
                .Select(block =>
                {
                    var file = block.Body.File.Path;
                    var described = Start(block.Name, "doc", block.Package, file, file);
                    described["block_contents"] = block.Body.Text.Trim();
                    return described;
                })
        );

    private static PyDict Macro(MacroResource macro)
    {
        var file = macro.Block.File.Path;
        var described = Start(macro.Name, "macro", macro.Package, file, file);
        described["macro_sql"] = macro.Block.Text;
        described["depends_on"] = new PyDict { { "macros", new PyList() } };
        described["description"] = string.Empty;
        described["meta"] = new PyDict();
        described["docs"] = ConfigDescription.Docs();
        described["config"] = new PyDict { { "meta", new PyDict() }, { "docs", ConfigDescription.Docs() } };
        described["patch_path"] = null;
        described["arguments"] = new PyList(
            macro.Definition.Parameters.Select(parameter => new PyDict
            {
                { "name", parameter.Name },
                { "type", null },
                { "description", string.Empty },
            })
        );
        described["supported_languages"] = null;
        return described;
    }

    private static PyDict Start(string name, string kind, string package, string path, string file) =>
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
