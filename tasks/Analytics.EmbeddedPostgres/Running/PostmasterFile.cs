using System.Globalization;

namespace Analytics.EmbeddedPostgres.Running;

/// <summary>
/// What a running server writes about itself into <c>postmaster.pid</c> (format: PostgreSQL's
/// <c>src/include/utils/pidfile.h</c>).
/// </summary>
/// <param name="ProcessId">The postmaster's.</param>
/// <param name="DataDirectory">As the server was told, made absolute; not resolved.</param>
/// <param name="StartedAt">When the postmaster began, to the second.</param>
/// <param name="Port">Its TCP port.</param>
/// <param name="IsReady">False while it starts, recovers or stops.</param>
internal sealed record PostmasterFile(
    int ProcessId,
    string DataDirectory,
    DateTimeOffset StartedAt,
    int Port,
    bool IsReady
)
{
    public const string Name = "postmaster.pid";

    /// <summary>Reads the file; null when there is none, or when the server has only begun to write it.</summary>
    public static PostmasterFile? Read(string dataDirectory)
    {
        string[] lines;
        try
        {
            // PostgreSQL holds the file open for writing; Windows wants that allowed.
            using var stream = new FileStream(
                Path.Combine(dataDirectory, Name),
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var reader = new StreamReader(stream);
            lines = reader.ReadToEnd().Split('\n');
        }
        catch (IOException)
        {
            return null;
        }

        const NumberStyles Digits = NumberStyles.None;
        var culture = CultureInfo.InvariantCulture;
        if (
            lines.Length < 4
            || !int.TryParse(lines[0], Digits, culture, out var processId)
            || !long.TryParse(lines[2], Digits, culture, out var started)
            || !int.TryParse(lines[3], Digits, culture, out var port)
        )
            return null;
        var ready = lines.Length > 7 && lines[7].Trim() == "ready";
        return new PostmasterFile(processId, lines[1].Trim(), DateTimeOffset.FromUnixTimeSeconds(started), port, ready);
    }
}
