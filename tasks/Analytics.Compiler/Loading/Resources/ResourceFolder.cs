using System.Collections.Immutable;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>Where a file lies below the folders of a kind of resource.</summary>
internal static class ResourceFolder
{
    /// <summary>The path below the first folder that holds the file; null when none does. The folder <c>""</c> holds all.</summary>
    public static string? Below(string path, ImmutableArray<string> folders)
    {
        foreach (var folder in folders)
        {
            if (folder.Length == 0)
            {
                return path;
            }

            if (
                path.Length > folder.Length + 1
                && path[folder.Length] == '/'
                && path.StartsWith(folder, StringComparison.Ordinal)
            )
            {
                return path[(folder.Length + 1)..];
            }
        }

        return null;
    }

    /// <summary>Package, the folders of a relative path, then the last parts.</summary>
    public static ImmutableArray<string> Fqn(string package, string relativePath, params ReadOnlySpan<string> last)
    {
        var fqn = ImmutableArray.CreateBuilder<string>();
        fqn.Add(package);
        fqn.AddRange(relativePath.Split('/')[..^1]);
        fqn.AddRange(last);
        return fqn.ToImmutable();
    }

    /// <summary>The file name of a path without its last extension.</summary>
    public static string Stem(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return dot <= 0 ? name : name[..dot];
    }
}
