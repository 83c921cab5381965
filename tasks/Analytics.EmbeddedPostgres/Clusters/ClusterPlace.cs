using System.Security.Cryptography;
using System.Text;
using Analytics.EmbeddedPostgres.Running;

namespace Analytics.EmbeddedPostgres.Clusters;

/// <summary>The folder that the server's account can reach, for the clusters of one root folder.</summary>
/// <param name="Directory">The root folder itself; or a stand-in for it.</param>
/// <param name="Account">Who runs the server.</param>
/// <param name="IsStandIn">True when <paramref name="Directory"/> is not the root folder.</param>
internal sealed record ClusterPlace(string Directory, ServerAccount Account, bool IsStandIn)
{
    /// <summary>
    /// Where root keeps clusters whose root folder lies in a private home. Not below the temporary folder: its names could be taken by anyone.
    /// </summary>
    private const string StandIns = "/var/lib/analytics-sdk";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Others may pass through to the data folder, which is private to the server's account; not look around.</summary>
    private const UnixFileMode PassThrough = Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Where to keep what clusters of several root folders can share. Exists.</summary>
    public string SharedDirectory
    {
        get
        {
            if (Account.UserName is null)
                return Directory;
            MakeDirectory(StandIns, PassThrough);
            return StandIns;
        }
    }

    /// <summary>Creates the root folder, and the stand-in where one is needed.</summary>
    /// <param name="rootDirectory">Absolute.</param>
    /// <param name="cancellationToken">Stops the check of permissions.</param>
    public static async Task<ClusterPlace> OfAsync(string rootDirectory, CancellationToken cancellationToken)
    {
        var account = ServerAccount.OfThisProcess();
        var mode = account.UserName is null ? Private : PassThrough;
        MakeDirectory(rootDirectory, mode);
        if (account.UserName is null || await account.CanExecuteAsync(rootDirectory, cancellationToken))
            return new ClusterPlace(rootDirectory, account, IsStandIn: false);

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rootDirectory)))[..16];
        var standIn = Path.Combine(StandIns, hash);
        MakeDirectory(StandIns, PassThrough);
        MakeDirectory(standIn, mode);
        if (!await account.CanExecuteAsync(standIn, cancellationToken))
            throw new EmbeddedPostgresException(
                $"PostgreSQL refuses to run as root, and its user '{account.UserName}' can enter neither '{rootDirectory}' nor '{standIn}'."
            );
        return new ClusterPlace(standIn, account, IsStandIn: true);
    }

    /// <summary>A new folder below this place that the server's account can pass through.</summary>
    public string MakeFolder(string name)
    {
        var folder = Path.Combine(Directory, name);
        MakeDirectory(folder, Account.UserName is null ? Private : PassThrough);
        return folder;
    }

    private static void MakeDirectory(string path, UnixFileMode mode)
    {
        if (System.IO.Directory.Exists(path))
            return;
        // The mode holds for the last folder only; those above get the usual one.
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
            System.IO.Directory.CreateDirectory(parent);
        if (OperatingSystem.IsWindows())
            System.IO.Directory.CreateDirectory(path);
        else
            System.IO.Directory.CreateDirectory(path, mode);
    }
}
