using System.Diagnostics;

namespace Analytics.Jinja.Tests;

/// <summary>Looks for the oracle of the conformance tests.</summary>
internal static class Python
{
    public static string? FindWithJinja2() => new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(HasJinja2);

    private static bool HasJinja2(string python)
    {
        try
        {
            var start = new ProcessStartInfo(
                python,
                ["-c", "import jinja2; assert jinja2.__version__.startswith('3.1')"]
            )
            {
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
