using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Analytics.Compiler.Diagnostics;
using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Applying;

/// <summary>Runs the project's own commands before a publish, with libpq's variables pointing at the target.</summary>
internal static class PrePublishRunner
{
    // They would lead libpq to another server, or into another session, than the target's.
    private static readonly string[] Misleading = ["PGHOSTADDR", "PGSERVICE", "PGSERVICEFILE", "PGOPTIONS"];

    // The shell's word for a program that is not there.
    private const int NotFound = 127;

    /// <summary>Runs one command; each line it writes is told as it comes.</summary>
    /// <returns>Null when it exited with 0.</returns>
    public static async Task<Diagnostic?> RunAsync(
        PrePublishStep step,
        ServerAddress address,
        string? sslMode,
        PublishLog log,
        CancellationToken cancellationToken
    )
    {
        using var process = new Process { StartInfo = StartInfo(step, address, sslMode) };
        process.OutputDataReceived += (_, line) => Tell(log, line.Data);
        process.ErrorDataReceived += (_, line) => Tell(log, line.Data);
        log.Progress($"{step.Name} …");
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            log.Progress($"{step.FileName}: {exception.Message}");
            return DeploymentDiagnostics.HookFailed(step.Name, NotFound);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0 ? null : DeploymentDiagnostics.HookFailed(step.Name, process.ExitCode);
    }

    private static void Tell(PublishLog log, string? line)
    {
        if (line is { Length: > 0 })
        {
            log.Progress(line);
        }
    }

    private static ProcessStartInfo StartInfo(PrePublishStep step, ServerAddress address, string? sslMode)
    {
        var info = new ProcessStartInfo(step.FileName, step.Arguments)
        {
            WorkingDirectory = step.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in Misleading)
        {
            info.Environment.Remove(name);
        }

        info.Environment["PGHOST"] = address.Host;
        info.Environment["PGPORT"] = address.Port.ToString(CultureInfo.InvariantCulture);
        info.Environment["PGDATABASE"] = address.Database;
        info.Environment["PGUSER"] = address.User;
        Set(info, "PGPASSWORD", address.Password?.Reveal());
        if (address.PassFile is not null)
        {
            // libpq prefers it to the file.
            info.Environment.Remove("PGPASSWORD");
        }

        Set(info, "PGPASSFILE", address.PassFile);
        Set(info, "PGSSLMODE", sslMode);
        return info;
    }

    // What we do not know stays as the environment has it.
    private static void Set(ProcessStartInfo info, string name, string? value)
    {
        if (value is not null)
        {
            info.Environment[name] = value;
        }
    }
}
