using System.Runtime.CompilerServices;

namespace Analytics.Deployment.Tests.Support;

/// <summary>Expected texts in files. With the environment variable <c>GOLDEN_UPDATE=1</c> a run writes them anew.</summary>
internal static class Golden
{
    public static void Matches(string actual, string file, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", file);
        if (Environment.GetEnvironmentVariable("GOLDEN_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }
}
