using System.Globalization;

namespace Analytics.EmbeddedPostgres.Clusters;

/// <summary>A cluster on the disk, running or not.</summary>
/// <param name="Folder">The folder that holds the data folder; programs run in it, so that no odd path reaches a shell.</param>
/// <param name="PassFilePath">Where its passwords are.</param>
internal sealed record Cluster(string Folder, string PassFilePath)
{
    /// <summary>The data folder's name below <see cref="Folder"/>.</summary>
    public const string DataName = "data";

    /// <summary>The log's name below the data folder: the one folder that the server's account can write.</summary>
    public const string LogName = "server.log";

    public string DataDirectory => Path.Combine(Folder, DataName);

    public string LogFilePath => Path.Combine(DataDirectory, LogName);

    /// <summary>The major version that made the cluster; null when there is no cluster.</summary>
    public int? Major
    {
        get
        {
            var path = Path.Combine(DataDirectory, "PG_VERSION");
            return
                File.Exists(path)
                && int.TryParse(
                    File.ReadAllText(path).Trim(),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var major
                )
                ? major
                : null;
        }
    }
}
