using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Resources;
using Analytics.Text;

namespace Analytics.Compiler.Resolving;

/// <summary>The properties that YAML gives to resources, by kind, package and name.</summary>
internal sealed class PropertyIndex
{
    private readonly Dictionary<(ResourceKind Kind, string Package, string Name), ResourceProperties> entries = [];
    private readonly HashSet<(ResourceKind Kind, string Package, string Name)> used = [];

    public PropertyIndex(ProjectSource source, ICollection<Diagnostic> diagnostics)
    {
        foreach (var properties in source.All.SelectMany(package => package.Properties))
        {
            var key = (properties.Kind, properties.Package, properties.Name);
            if (!entries.TryAdd(key, properties))
            {
                diagnostics.Add(
                    GraphDiagnostics.DuplicateName(
                        properties.NameSpan,
                        $"properties of {Word(properties.Kind)}",
                        properties.Name,
                        entries[key].NameSpan
                    )
                );
            }
        }
    }

    public ResourceProperties? Take(ResourceKind kind, string package, string name)
    {
        used.Add((kind, package, name));
        return entries.GetValueOrDefault((kind, package, name));
    }

    /// <summary>Reports what describes a model, seed or snapshot that is not there.</summary>
    public void ReportUnused(ICollection<Diagnostic> diagnostics)
    {
        foreach (var (key, properties) in entries)
        {
            if (key.Kind is ResourceKind.Model or ResourceKind.Seed or ResourceKind.Snapshot && !used.Contains(key))
            {
                var names = used.Where(other => other.Kind == key.Kind).Select(other => other.Name);
                diagnostics.Add(
                    GraphDiagnostics.UnknownProperties(
                        properties.NameSpan,
                        Word(key.Kind),
                        key.Name,
                        NearName.Find(key.Name, names)
                    )
                );
            }
        }
    }

    private static string Word(ResourceKind kind) => kind.ToString().ToLowerInvariant();
}
