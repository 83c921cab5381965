using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Analytics.Deployment.Tests.Faults;

/// <summary>A publish in a process of its own, which can be ended as an operating system ends processes.</summary>
internal sealed class PublisherProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PublisherProcess(Process process) => this.process = process;

    /// <summary>All that it wrote so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts it.</summary>
    public static PublisherProcess Start(string artifact, string project, string reports)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "Analytics.PublishHost.dll"),
                artifact,
                project,
                reports,
            },
        };
        var publisher = new PublisherProcess(new Process { StartInfo = start });
        publisher.process.OutputDataReceived += publisher.Keep;
        publisher.process.ErrorDataReceived += publisher.Keep;
        publisher.process.Start();
        publisher.process.BeginOutputReadLine();
        publisher.process.BeginErrorReadLine();
        return publisher;
    }

    /// <summary>Waits until it says that it works on the first node, or ends.</summary>
    public Task ConnectedAsync() => Task.WhenAny(connected.Task, process.WaitForExitAsync(Token));

    /// <summary>Ends it with <c>SIGKILL</c>: it can do nothing any more.</summary>
    public void Kill() => process.Kill();

    /// <summary>Sends a signal that it hears, such as <c>TERM</c> or <c>INT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        if (process.HasExited)
        {
            return;
        }

        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync(Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            output.AppendLine(line.Data);
        }

        if (line.Data?.StartsWith("start ", StringComparison.Ordinal) == true)
        {
            connected.TrySetResult();
        }
    }
}
