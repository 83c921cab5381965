namespace Analytics.Compiler.Loading.Shapes;

/// <summary>The keys of <c>packages.yml</c> and <c>dependencies.yml</c>.</summary>
internal static class PackageKeys
{
    public static readonly KeySet File = KeySet.Of("a packages file", "packages", "projects");

    public static readonly KeySet Package = KeySet.Of(
        "a package",
        "package",
        "version",
        "install-prerelease",
        "install_prerelease",
        "git",
        "revision",
        "subdirectory",
        "warn-unpinned",
        "unrendered",
        "local",
        "tarball",
        "private",
        "provider",
        "name"
    );
}
