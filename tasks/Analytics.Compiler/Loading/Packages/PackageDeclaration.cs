using Analytics.Text;

namespace Analytics.Compiler.Loading.Packages;

/// <summary>A package that <c>packages.yml</c> or <c>dependencies.yml</c> asks for.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Location">As written: <c>dbt-labs/dbt_utils</c>, the address of a repository, a path.</param>
/// <param name="Name">The name its macros are called by, as far as the location tells; null when it does not.</param>
/// <param name="Span">Where the location stands.</param>
public sealed record PackageDeclaration(PackageKind Kind, string Location, string? Name, SourceSpan Span);

/// <summary>Where a package comes from.</summary>
public enum PackageKind
{
    /// <summary>dbt's hub.</summary>
    Hub,

    /// <summary>A Git repository.</summary>
    Git,

    /// <summary>An archive at an address.</summary>
    Tarball,

    /// <summary>A folder of this machine, relative to the project.</summary>
    Local,

    /// <summary>A repository that dbt's own service knows.</summary>
    Private,
}
