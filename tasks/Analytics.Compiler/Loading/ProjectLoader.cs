using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Definition;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Packages;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Text;

namespace Analytics.Compiler.Loading;

/// <summary>Reads a project and its packages.</summary>
public static class ProjectLoader
{
    /// <summary>
    /// Reads all files, and goes on after each mistake. A package whose definition cannot be used is left out; of two
    /// packages with one name the second is left out. Unknown keys are reported for the project only.
    /// </summary>
    /// <param name="input">The files.</param>
    /// <param name="settings">What templates in <c>dbt_project.yml</c> read; null to leave them as they are written.</param>
    public static LoadResult Load(ProjectInput input, DefinitionSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var templates = new DefinitionTemplates(settings, diagnostics);
        var root = Read(input.Root, templates, diagnostics, reportsUnknownKeys: true);
        var packages = new Dictionary<string, PackageSource>(StringComparer.Ordinal);
        foreach (var files in input.Packages)
        {
            if (Read(files, templates, diagnostics, reportsUnknownKeys: false) is not { } package)
            {
                continue;
            }

            var other = root?.Name == package.Name ? root : packages.GetValueOrDefault(package.Name);
            if (other is null)
            {
                packages.Add(package.Name, package);
            }
            else
            {
                diagnostics.Add(
                    GraphDiagnostics.DuplicateName(
                        package.Definition.NameSpan,
                        "package",
                        package.Name,
                        other.Definition.NameSpan
                    )
                );
            }
        }

        var shapes = new ShapeReader(diagnostics, reportsUnknownKeys: true);
        var declared = PackagesReader.Read(input.Root, shapes, diagnostics);
        diagnostics.AddRange(InstalledPackages.Missing(declared, packages.Keys));
        if (root is null)
        {
            return new LoadResult(null, Sort(diagnostics));
        }

        if (!RequiredVersion.IsSkipped(root.Definition))
        {
            foreach (var definition in packages.Values.Select(package => package.Definition).Prepend(root.Definition))
            {
                RequiredVersion.Check(definition, shapes);
            }
        }

        var overrides = new SourceOverrides(diagnostics);
        overrides.ReportUnknownPackages(root, packages.Keys);
        var project = new ProjectSource(
            root,
            [
                .. packages
                    .Values.OrderBy(package => package.Name, StringComparer.Ordinal)
                    .Select(package => overrides.Apply(root, package)),
            ]
        );
        return new LoadResult(project, Sort(diagnostics));
    }

    private static PackageSource? Read(
        ProjectFileSet files,
        DefinitionTemplates templates,
        ImmutableArray<Diagnostic>.Builder diagnostics,
        bool reportsUnknownKeys
    )
    {
        var shapes = new ShapeReader(diagnostics, reportsUnknownKeys);
        return DefinitionReader.Read(files, shapes, diagnostics, templates) is { } definition
            ? PackageReader.Read(definition, files, shapes, diagnostics)
            : null;
    }

    // Files were read in order, but the kinds of one file's entries were not: by place inside each run of one file.
    private static ImmutableArray<Diagnostic> Sort(ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        var order = new Dictionary<SourceFile, int>(ReferenceEqualityComparer.Instance);
        foreach (var diagnostic in diagnostics)
        {
            order.TryAdd(diagnostic.Span!.Value.File, order.Count);
        }

        return
        [
            .. diagnostics
                .OrderBy(diagnostic => order[diagnostic.Span!.Value.File])
                .ThenBy(diagnostic => diagnostic.Span!.Value.Start)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }
}
