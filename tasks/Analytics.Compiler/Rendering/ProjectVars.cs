using System.Collections.Frozen;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering;

/// <summary>
/// Variables in dbt's order: the command line, the root project's entry for the package, the root project's own, the
/// package's own entry for itself, the package's own.
/// </summary>
internal sealed class ProjectVars
{
    private readonly PyDict commandLine;
    private readonly FrozenDictionary<string, PyDict> byPackage;

    public ProjectVars(ProjectSource source, PyDict commandLine)
    {
        this.commandLine = commandLine;
        byPackage = source.All.ToFrozenDictionary(
            package => package.Name,
            package => Merge(source.Root, package),
            StringComparer.Ordinal
        );
    }

    /// <summary>The value of a variable for templates of a package.</summary>
    public bool TryGet(string package, string name, out object? value) =>
        commandLine.TryGet(name, out value)
        || (byPackage.TryGetValue(package, out var vars) && vars.TryGet(name, out value));

    /// <summary>All names that are set for a package.</summary>
    public IEnumerable<string> Names(string package) =>
        commandLine.Keys.Concat(byPackage[package].Keys).OfType<string>();

    private static PyDict Merge(PackageSource root, PackageSource package)
    {
        var merged = new PyDict();
        foreach (var owner in package == root ? new[] { root } : [package, root])
        {
            if (owner.Definition.Vars is not { } vars)
            {
                continue;
            }

            foreach (var entry in vars.Entries)
            {
                merged[entry.Key] = YamlValues.ToNative(entry.Value);
            }

            if (vars[package.Name] is YamlMapping own)
            {
                foreach (var entry in own.Entries)
                {
                    merged[entry.Key] = YamlValues.ToNative(entry.Value);
                }
            }
        }

        return merged;
    }
}
