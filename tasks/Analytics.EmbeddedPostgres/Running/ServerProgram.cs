using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Analytics.EmbeddedPostgres.Running;

/// <summary>Runs a program to its end and keeps what it says.</summary>
internal static class ServerProgram
{
    /// <summary>How a program ended.</summary>
    /// <param name="ExitCode">Zero for success.</param>
    /// <param name="Output">Standard output, then standard error.</param>
    internal sealed record Result(int ExitCode, string Output);

    /// <summary>Runs a program that starts no other that outlives it. When cancelled, it is killed.</summary>
    /// <param name="start">With all three streams redirected.</param>
    /// <param name="input">What to write to its standard input; null for nothing.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    /// <exception cref="EmbeddedPostgresException">The program cannot be run at all.</exception>
    public static async Task<Result> RunAsync(
        ProcessStartInfo start,
        string? input,
        CancellationToken cancellationToken
    )
    {
        using var process = Start(start);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await WriteInputAsync(process, input);
            await process.WaitForExitAsync(cancellationToken);
            return new Result(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Starts a program.</summary>
    /// <exception cref="EmbeddedPostgresException">The program is absent or may not be run.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)
                ?? throw new EmbeddedPostgresException($"'{start.FileName}' could not be started.");
        }
        catch (Win32Exception cause)
        {
            throw new EmbeddedPostgresException($"'{start.FileName}' could not be started: {cause.Message}", cause);
        }
    }

    private static async Task WriteInputAsync(Process process, string? input)
    {
        try
        {
            if (input is not null)
                await process.StandardInput.BaseStream.WriteAsync(
                    Encoding.UTF8.GetBytes(input),
                    CancellationToken.None
                );
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading all of it; its exit code and output say why.
        }
    }
}
