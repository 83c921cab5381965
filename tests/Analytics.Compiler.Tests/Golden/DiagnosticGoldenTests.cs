using System.Runtime.CompilerServices;
using System.Text;
using Analytics.Compiler.Diagnostics;

namespace Analytics.Compiler.Tests.Golden;

/// <summary>
/// One folder per case: a small project, and <c>expected.diagnostics.txt</c> with every diagnostic of its build. Set
/// GOLDEN_UPDATE=1 to write the expected files anew, and read the difference before committing it.
/// </summary>
public sealed class DiagnosticGoldenTests
{
    private const string Expected = "expected.diagnostics.txt";

    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        foreach (var folder in Directory.GetDirectories(Root()).Order(StringComparer.Ordinal))
        {
            cases.Add(Path.GetFileName(folder));
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_project_with_a_mistake_gets_exactly_these_diagnostics(string name)
    {
        var folder = Path.Combine(Root(), name);
        var project = new TestProject();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (path != Expected)
            {
                project.File(path, File.ReadAllText(file));
            }
        }

        var found = new StringBuilder();
        foreach (var diagnostic in project.Build().Diagnostics)
        {
            found.Append(diagnostic).Append('\n');
            foreach (var related in diagnostic.Related)
            {
                found.Append("    ").Append(related.Span).Append(": ").Append(related.Message).Append('\n');
            }
        }

        var expected = Path.Combine(folder, Expected);
        if (Environment.GetEnvironmentVariable("GOLDEN_UPDATE") == "1")
        {
            File.WriteAllText(expected, found.ToString());
        }

        Assert.Equal(File.ReadAllText(expected), found.ToString());
    }

    [Fact]
    public void Every_code_a_build_can_give_without_a_server_has_a_case()
    {
        var seen = Directory
            .EnumerateFiles(Root(), Expected, SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .ToList();
        var missing = DiagnosticCatalogue
            .All.Select(descriptor => descriptor.Id)
            .Where(id => IsBuildCode(id) && !seen.Exists(line => line.Contains($" {id}: ", StringComparison.Ordinal)));
        Assert.Empty(missing);
    }

    // What needs a server, the command line or a broken artifact cannot be a folder: other tests provoke those.
    private static bool IsBuildCode(string id) => string.CompareOrdinal(id, "ASQL6") < 0 && !NotAFolder.Contains(id);

    private static readonly string[] NotAFolder =
    [
        "ASQL0007",
        "ASQL0008",
        "ASQL0009",
        "ASQL0012",
        "ASQL0014",
        "ASQL0015",
        "ASQL0027",
        "ASQL1011",
        "ASQL3010",
        "ASQL3017",
    ];

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Golden", "Diagnostics"));
}
