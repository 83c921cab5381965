using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>Describes macros: those of the project, of its packages, and those that the SDK brings.</summary>
internal sealed class MacroDescription(ProjectSource source, IMacroCatalogue catalogue, DocBlocks docs)
{
    private const string BuiltInPackage = "dbt";

    /// <summary>All macros by unique id, in ordinal order.</summary>
    public PyDict All()
    {
        var described = new Dictionary<string, PyDict>(StringComparer.Ordinal);
        foreach (var package in source.All)
        {
            var entries = package
                .Properties.Where(entry => entry.Kind == ResourceKind.Macro)
                .DistinctBy(entry => entry.Name, StringComparer.Ordinal)
                .ToDictionary(entry => entry.Name, StringComparer.Ordinal);
            foreach (var macro in package.Macros)
            {
                var file = macro.Block.File.Path;
                Add(Describe(macro.Package, macro.Name, file, macro.Definition, entries.GetValueOrDefault(macro.Name)));
            }
        }

        foreach (var (name, definition) in catalogue.BuiltIn)
        {
            Add(Describe(BuiltInPackage, name, $"macros/{definition.Block.Span.File.Path}", definition, null));
        }

        var all = new PyDict();
        foreach (var id in described.Keys.Order(StringComparer.Ordinal))
        {
            all[id] = described[id];
        }

        return all;

        void Add(PyDict macro) => described.TryAdd((string)macro["unique_id"]!, macro);
    }

    private PyDict Describe(
        string package,
        string name,
        string file,
        MacroDefinition definition,
        ResourceProperties? entry
    )
    {
        var text = definition.Block.Span.Text;
        var meta = Config(entry, "meta") as PyDict ?? [];
        var described = ResourceDescription.Start(name, "macro", package, file, file);

        // The text of what the SDK brings helps nobody, and would be most of a small project's manifest.
        described["macro_sql"] = package == BuiltInPackage ? string.Empty : text;
        described["depends_on"] = new PyDict { { "macros", Calls(package, $"macro.{package}.{name}", text) } };
        described["description"] = docs.Expand(package, entry?.Description ?? string.Empty);
        described["meta"] = meta;
        described["docs"] = Docs(entry);
        described["config"] = new PyDict { { "meta", meta.Copy() }, { "docs", Docs(entry) } };
        described["patch_path"] = NodeParts.PatchPath(entry);
        described["arguments"] = Arguments(package, definition, entry);
        described["supported_languages"] =
            definition.Kind == BlockKinds.Materialization ? new PyList(definition.SupportedLanguages) : null;
        return described;
    }

    private PyList Calls(string package, string self, string text) =>
        new(
            MacroCalls
                .In(text)
                .Select(call => catalogue.IdOf(package, call))
                .Where(id => id is not null && id != self)
                .Distinct(StringComparer.Ordinal)
        );

    private static PyDict Docs(ResourceProperties? entry)
    {
        var docs = ConfigDescription.Docs();
        foreach (var (key, value) in Config(entry, "docs") as PyDict ?? [])
        {
            docs[key] = value;
        }

        return docs;
    }

    // What YAML says of an argument stands for the argument; the others have their names.
    private PyList Arguments(string package, MacroDefinition definition, ResourceProperties? entry)
    {
        var declared = (entry?.Raw["arguments"] as YamlSequence)?.Items.OfType<YamlMapping>().ToList() ?? [];
        var arguments = new PyList();
        foreach (var argument in declared)
        {
            arguments.Add(
                new PyDict
                {
                    { "name", Text(argument, "name") },
                    { "type", Text(argument, "type") },
                    { "description", docs.Expand(package, Text(argument, "description") ?? string.Empty) },
                }
            );
        }

        foreach (
            var parameter in definition.Parameters.Where(parameter =>
                !declared.Exists(argument => Text(argument, "name") == parameter.Name)
            )
        )
        {
            arguments.Add(
                new PyDict
                {
                    { "name", parameter.Name },
                    { "type", null },
                    { "description", string.Empty },
                }
            );
        }

        return arguments;
    }

    private static string? Text(YamlMapping entry, string key) =>
        entry[key] is YamlScalar { Value: not null } scalar ? scalar.Text : null;

    private static object? Config(ResourceProperties? entry, string key) =>
        entry?.Configs.Select(config => config[key]).FirstOrDefault(value => value is not null) is { } found
            ? YamlValues.ToNative(found)
            : null;
}
