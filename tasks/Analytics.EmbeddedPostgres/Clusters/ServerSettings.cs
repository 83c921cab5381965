using System.Globalization;
using System.Text.RegularExpressions;

namespace Analytics.EmbeddedPostgres.Clusters;

/// <summary>
/// The settings file that every start writes anew, so that a cluster made by an older SDK follows the newer one's settings.
/// <c>postgresql.conf</c> includes it last.
/// </summary>
internal static partial class ServerSettings
{
    public const string FileName = "analytics.conf";

    private const string Common = """
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        password_encryption = 'scram-sha-256'
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_line_prefix = '%m [%p] %u@%d %a '
        lc_messages = 'C'
        # A publish that replaces a thousand views holds six locks for each; all connections share what this and their number make.
        max_locks_per_transaction = 256
        # Nothing replicates from here; and a table that is created and filled in one transaction then skips the log.
        wal_level = minimal
        max_wal_senders = 0
        max_wal_size = '2GB'
        min_wal_size = '128MB'
        checkpoint_timeout = '15min'
        jit = off
        """;

    private const string Throwaway = """
        # Gone after the run: nothing needs to survive a crash.
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        # Many tests at once, each with a pool of its own.
        max_connections = 200
        """;

    /// <summary>The file's text.</summary>
    public static string Text(ServerPurpose purpose, int port)
    {
        var settings = string.Create(CultureInfo.InvariantCulture, $"port = {port}\n{Common}\n");
        return purpose == ServerPurpose.Throwaway ? settings + Throwaway + "\n" : settings;
    }

    /// <summary>The port of the last start; null before the first.</summary>
    public static int? LastPort(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(path))
            return null;
        var match = PortLine().Match(File.ReadAllText(path));
        return match.Success && ushort.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var port)
            ? port
            : null;
    }

    [GeneratedRegex("^port = ([0-9]{1,5})$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex PortLine();
}
