using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Resources;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>The properties that YAML gives to resources, by kind, package and name.</summary>
internal sealed class PropertyIndex
{
    private readonly Dictionary<Described, ResourceProperties> entries = [];
    private readonly Dictionary<(string Package, string File), ModelVersion> versions = [];
    private readonly HashSet<Described> used = [];
    private readonly HashSet<ModelVersion> usedVersions = new(ReferenceEqualityComparer.Instance);

    public PropertyIndex(ProjectSource source, ICollection<Diagnostic> diagnostics)
    {
        foreach (var package in source.All)
        {
            var files = package
                .Sql.Where(resource => resource.Kind == ResourceKind.Model)
                .Select(resource => resource.Name)
                .ToHashSet(StringComparer.Ordinal);
            // An exposure is described by nothing but itself.
            foreach (var properties in package.Properties.Where(entry => entry.Kind != ResourceKind.Exposure))
            {
                Add(properties, files, diagnostics);
            }
        }
    }

    public ResourceProperties? Take(ResourceKind kind, string package, string name)
    {
        var key = new Described(kind, package, name);
        used.Add(key);
        return entries.GetValueOrDefault(key);
    }

    /// <summary>What describes the model of a file: for one version of a model, the entry as this version sees it.</summary>
    /// <param name="package">The file's package.</param>
    /// <param name="file">Its stem.</param>
    public (ResourceProperties? Properties, ModelVersion? Version) TakeModel(string package, string file)
    {
        if (versions.GetValueOrDefault((package, file)) is not { } version)
        {
            var plain = Take(ResourceKind.Model, package, file);
            return (plain is { Versions.IsEmpty: true } ? plain : null, null);
        }

        usedVersions.Add(version);
        used.Add(new Described(ResourceKind.Model, package, version.Properties.Name));
        return (version.Properties, version);
    }

    /// <summary>Reports what of one package describes a model, a version of one, or another resource, that is not there.</summary>
    public void ReportUnused(string package, ICollection<Diagnostic> diagnostics)
    {
        foreach (var (key, properties) in entries)
        {
            if (key.Package != package || key.Kind == ResourceKind.Macro)
            {
                continue;
            }

            foreach (var version in properties.Versions.Where(version => !usedVersions.Contains(version)))
            {
                Report(diagnostics, version.Span, key.Kind, version.FileName);
            }

            if (properties.Versions.IsEmpty && !used.Contains(key))
            {
                Report(diagnostics, properties.NameSpan, key.Kind, key.Name);
            }
        }
    }

    private void Add(ResourceProperties properties, HashSet<string> files, ICollection<Diagnostic> diagnostics)
    {
        var key = new Described(properties.Kind, properties.Package, properties.Name);
        if (!entries.TryAdd(key, properties))
        {
            diagnostics.Add(
                GraphDiagnostics.DuplicateName(
                    properties.NameSpan,
                    $"properties of {properties.Kind.Word()}",
                    properties.Name,
                    entries[key].NameSpan
                )
            );
            return;
        }

        foreach (var version in properties.Versions)
        {
            // The file of the latest version may have the model's bare name.
            var file =
                version.IsLatest && !files.Contains(version.FileName) && files.Contains(properties.Name)
                    ? properties.Name
                    : version.FileName;
            versions.TryAdd((properties.Package, file), version);
        }
    }

    private void Report(ICollection<Diagnostic> diagnostics, SourceSpan span, ResourceKind kind, string name)
    {
        var names = used.Where(other => other.Kind == kind).Select(other => other.Name);
        diagnostics.Add(GraphDiagnostics.UnknownProperties(span, kind.Word(), name, NearName.Find(name, names)));
    }

    private sealed record Described(ResourceKind Kind, string Package, string Name);
}
