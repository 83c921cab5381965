using System.Diagnostics;

namespace Analytics.EmbeddedPostgres.Running;

/// <summary>
/// The operating system's user that PostgreSQL's programs run as. They refuse root, so root lends them the account
/// <c>postgres</c>, or <c>nobody</c> where that does not exist.
/// </summary>
/// <param name="UserName">The other user's name; null to run as the current user.</param>
internal sealed record ServerAccount(string? UserName)
{
    /// <summary>
    /// What a program of PostgreSQL may see of our environment. The server outlives the build, and a build's environment
    /// holds secrets and PG* settings that are meant for clients.
    /// </summary>
    private static readonly string[] Inherited =
    [
        "PATH",
        "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH",
        "TMPDIR",
        "TEMP",
        "TMP",
        "SystemRoot",
        "windir",
        "ComSpec",
        "USERPROFILE",
    ];

    /// <summary>The account for this process.</summary>
    public static ServerAccount OfThisProcess()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return new ServerAccount((string?)null);
        const string Users = "/etc/passwd";
        var hasPostgres =
            File.Exists(Users)
            && File.ReadLines(Users).Any(line => line.StartsWith("postgres:", StringComparison.Ordinal));
        return new ServerAccount(hasPostgres ? "postgres" : "nobody");
    }

    /// <summary>How to start a program as this account, in a folder, with nothing of our console.</summary>
    public ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments, string workingDirectory)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (var name in Inherited)
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        // English messages, because some are read; and macOS needs a locale that exists.
        start.Environment["LC_ALL"] = "C";
        if (UserName is not null)
            start.UserName = UserName;
        return start;
    }

    /// <summary>Whether the account may run a program, or enter a folder.</summary>
    public async Task<bool> CanExecuteAsync(string path, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            return true;
        var test = StartInfo("/bin/sh", ["-c", "test -x \"$0\"", path], "/");
        return (await ServerProgram.RunAsync(test, null, cancellationToken)).ExitCode == 0;
    }

    /// <summary>Gives a folder, with all in it, to the account. Does nothing when that is the current user.</summary>
    /// <exception cref="EmbeddedPostgresException">The owner cannot be changed, as on some network drives.</exception>
    public async Task TakeOwnershipAsync(string directory, CancellationToken cancellationToken)
    {
        if (UserName is null)
            return;
        // As root, hence not through StartInfo of this account. The colon adds the account's own group.
        var chown = new ServerAccount((string?)null).StartInfo("chown", ["-R", UserName + ":", directory], "/");
        var result = await ServerProgram.RunAsync(chown, null, cancellationToken);
        if (result.ExitCode != 0)
            throw new EmbeddedPostgresException(
                $"'{directory}' could not be given to the user '{UserName}': {result.Output.Trim()}"
            );
    }
}
