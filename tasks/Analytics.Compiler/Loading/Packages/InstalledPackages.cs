using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;

namespace Analytics.Compiler.Loading.Packages;

/// <summary>Holds the packages that a project asks for against those it was given.</summary>
internal static class InstalledPackages
{
    /// <summary>A warning for each package that is missing.</summary>
    /// <param name="declared">What <c>packages.yml</c> and <c>dependencies.yml</c> ask for.</param>
    /// <param name="installed">The names of the packages that were found, wherever they come from.</param>
    public static IEnumerable<Diagnostic> Missing(
        IReadOnlyCollection<PackageDeclaration> declared,
        IReadOnlyCollection<string> installed
    )
    {
        // The name in a repository may be another than the repository's: where there are as many packages as are asked for,
        // they are the ones. What a template says of a location is not known here.
        var isComplete = declared.Count <= installed.Count;
        return declared
            .Where(package => !Template.HasMarkup(package.Location))
            .Where(package => package.Name is null || !installed.Contains(package.Name))
            .Where(package => package.Kind == PackageKind.Hub || !isComplete)
            .Select(package =>
                package.Kind == PackageKind.Local
                    ? ProjectDiagnostics.MissingLocalPackage(package.Span, package.Location)
                    : ProjectDiagnostics.MissingPackage(package.Span, package.Location)
            );
    }
}
