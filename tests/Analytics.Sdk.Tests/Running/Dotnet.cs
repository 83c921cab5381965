using System.Diagnostics;
using System.Text;

namespace Analytics.Sdk.Tests.Running;

/// <summary>Runs <c>dotnet</c> as a user would: without what the running test host's MSBuild left in the environment.</summary>
internal static class Dotnet
{
    private static readonly string[] InheritedPrefixes =
    [
        "MSBUILD",
        "DOTNET_CLI_",
        "VSTEST",
        "TESTINGPLATFORM",
        "DBT_",
    ];

    public static async Task<DotnetResult> RunAsync(
        string directory,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellationToken = default
    )
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var inherited = start
            .Environment.Keys.Where(name =>
                InheritedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            )
            .ToList();
        foreach (var name in inherited)
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = new StringBuilder();
        void Append(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }

        process.OutputDataReceived += (_, data) => Append(data.Data);
        process.ErrorDataReceived += (_, data) => Append(data.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        await process.WaitForExitAsync(CancellationToken.None);
        return new DotnetResult(process.ExitCode, output.ToString());
    }
}

/// <summary>What a command gave.</summary>
/// <param name="ExitCode">Zero for success.</param>
/// <param name="Output">Both streams.</param>
internal sealed record DotnetResult(int ExitCode, string Output)
{
    public DotnetResult ShouldSucceed()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}:\n{Output}");
        return this;
    }

    public DotnetResult ShouldFail()
    {
        Assert.True(ExitCode != 0, $"it succeeded:\n{Output}");
        return this;
    }

    /// <summary>The lines of the output that hold a text, each once: MSBuild repeats errors at the end.</summary>
    public IReadOnlyList<string> LinesWith(string text) =>
        [
            .. Output
                .Split('\n')
                .Select(line => line.Trim())
                .Where(line => line.Contains(text, StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal),
        ];
}
