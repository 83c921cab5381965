using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Properties;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading;

/// <summary>
/// Writes what the project says with <c>overrides:</c> over the sources of a package, key by key, and reads these sources
/// again. So a key of the project has its place in the project's file, and all others keep theirs.
/// </summary>
internal sealed class SourceOverrides(ImmutableArray<Diagnostic>.Builder diagnostics)
{
    // What names the source is no change of it.
    private static readonly string[] Names = ["name", "overrides", "tables"];

    /// <summary>A package with the changes of the project.</summary>
    public PackageSource Apply(PackageSource root, PackageSource package)
    {
        var overrides = root
            .SourceOverrides.Where(entry => Text(entry, "overrides") == package.Name)
            .GroupBy(entry => Text(entry, "name")!, StringComparer.Ordinal)
            .ToDictionary(entries => entries.Key, entries => entries.First(), StringComparer.Ordinal);
        if (overrides.Count == 0)
        {
            return package;
        }

        // Whose keys these are is known: the project's were checked, the package's are nobody's here.
        var shapes = new ShapeReader(ImmutableArray.CreateBuilder<Diagnostic>(), reportsUnknownKeys: false);
        var tests = new TestDeclarationReader(shapes);
        var reader = new SourceReader(package.Name, shapes, new ColumnReader(shapes, tests), tests);
        var sources = package.Sources.DistinctBy(table => table.RawSource, ReferenceEqualityComparer.Instance).ToList();
        foreach (var table in sources)
        {
            var raw = overrides.TryGetValue(table.SourceName, out var over)
                ? Overlay(table.RawSource, over)
                : table.RawSource;
            var folders = string.Concat(table.Fqn[1..^2].Select(folder => $"{folder}/"));
            reader.Read(new YamlSequence([raw], raw.Span), $"{folders}_.yml");
        }

        ReportUnused(overrides, sources, package.Name);
        return package with { Sources = reader.Tables };
    }

    /// <summary>Reports overrides of packages that are not there.</summary>
    public void ReportUnknownPackages(PackageSource root, IReadOnlyCollection<string> packages)
    {
        foreach (var scalar in root.SourceOverrides.Select(entry => entry["overrides"]).OfType<YamlScalar>())
        {
            if (!packages.Contains(scalar.Text))
            {
                var near = NearName.Find(scalar.Text, packages);
                diagnostics.Add(GraphDiagnostics.UnknownProperties(scalar.Content, "package", scalar.Text, near));
            }
        }
    }

    private void ReportUnused(Dictionary<string, YamlMapping> overrides, List<SourceTable> sources, string package)
    {
        var names = sources.Select(table => table.SourceName).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, entry) in overrides.Where(pair => !names.Contains(pair.Key)))
        {
            diagnostics.Add(
                GraphDiagnostics.UnknownProperties(
                    ((YamlScalar)entry["name"]!).Content,
                    $"source of package '{package}'",
                    name,
                    NearName.Find(name, names)
                )
            );
        }
    }

    private static YamlMapping Overlay(YamlMapping source, YamlMapping over)
    {
        var entries = Entries(source, over).Where(entry => entry.Key != "tables").ToList();
        if (source.Find("tables") is { Value: YamlSequence tables } old)
        {
            var patches = (over["tables"] as YamlSequence)?.Items.OfType<YamlMapping>().ToList() ?? [];
            entries.Add(old with { Value = tables with { Items = [.. tables.Items.Select(Patched)] } });

            YamlNode Patched(YamlNode table) =>
                table is YamlMapping mapping
                && patches.Find(patch => Text(patch, "name") == Text(mapping, "name")) is { } patch
                    ? mapping with
                    {
                        Entries = [.. Entries(mapping, patch)],
                    }
                    : table;
        }

        return source with
        {
            Entries = [.. entries],
        };
    }

    private static IEnumerable<YamlEntry> Entries(YamlMapping below, YamlMapping above)
    {
        var own = above.Entries.Where(entry => !Names.Contains(entry.Key, StringComparer.Ordinal)).ToList();
        return below.Entries.Where(entry => !own.Exists(other => other.Key == entry.Key)).Concat(own);
    }

    private static string? Text(YamlMapping mapping, string key) => (mapping[key] as YamlScalar)?.Text;
}
