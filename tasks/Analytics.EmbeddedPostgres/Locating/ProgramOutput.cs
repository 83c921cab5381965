using System.ComponentModel;
using System.Diagnostics;

namespace Analytics.EmbeddedPostgres.Locating;

/// <summary>Asks a program one question, such as its version.</summary>
internal static class ProgramOutput
{
    /// <summary>A program of PostgreSQL answers within milliseconds; one on a dead network drive never does.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The first line that the program writes; null when it cannot run, fails, or takes too long.</summary>
    public static string? FirstLine(string program, string argument)
    {
        var start = new ProcessStartInfo(program, [argument])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        try
        {
            using var process = Process.Start(start);
            if (process is null)
                return null;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                return null;
            }

            Task.WaitAll([output, errors], Patience);
            return process.ExitCode == 0 && output.IsCompletedSuccessfully
                ? output.Result.Split('\n', 2)[0].Trim()
                : null;
        }
        catch (Win32Exception)
        {
            // Not a program for this machine, or no permission to run it: as good as absent.
            return null;
        }
    }
}
