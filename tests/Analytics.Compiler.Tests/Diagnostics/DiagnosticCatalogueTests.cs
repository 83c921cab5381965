using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Analytics.Compiler.Diagnostics;

namespace Analytics.Compiler.Tests.Diagnostics;

public partial class DiagnosticCatalogueTests
{
    public static TheoryData<string> Codes() => [.. DiagnosticCatalogue.All.Select(descriptor => descriptor.Id)];

    [Fact]
    public void Codes_are_unique_and_in_order()
    {
        var codes = DiagnosticCatalogue.All.Select(descriptor => descriptor.Id).ToArray();

        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), codes);
    }

    [Fact]
    public void Titles_are_unique_and_hold_no_placeholders()
    {
        Assert.Distinct(DiagnosticCatalogue.All.Select(descriptor => descriptor.Title));
        Assert.All(DiagnosticCatalogue.All, descriptor => Assert.DoesNotMatch(@"[{}']|\.$", descriptor.Title));
    }

    [Fact]
    public void No_class_keeps_a_code_to_itself()
    {
        var declared = typeof(DiagnosticCatalogue)
            .Assembly.GetTypes()
            .SelectMany(type =>
                type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            )
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal);

        Assert.Equal(DiagnosticCatalogue.All, declared);
    }

    [Theory]
    [InlineData(typeof(ProjectDiagnostics), '0')]
    [InlineData(typeof(TemplateDiagnostics), '1')]
    [InlineData(typeof(SqlDiagnostics), '2')]
    [InlineData(typeof(GraphDiagnostics), '3')]
    [InlineData(typeof(DeploymentDiagnostics), '6')]
    [InlineData(typeof(JobDiagnostics), '6')]
    [InlineData(typeof(TestDiagnostics), '7')]
    [InlineData(typeof(InternalDiagnostics), '9')]
    public void Each_class_has_codes_of_its_range_and_all_of_them_are_in_the_catalogue(Type type, char digit)
    {
        var descriptors = type.GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .ToArray();

        Assert.NotEmpty(descriptors);
        Assert.All(descriptors, descriptor => Assert.Matches($"^ASQL{digit}[0-9]{{3}}$", descriptor.Id));
        Assert.All(descriptors, descriptor => Assert.Contains(descriptor, DiagnosticCatalogue.All));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_has_a_page(string code)
    {
        var descriptor = DiagnosticCatalogue.All.Single(each => each.Id == code);
        var page = File.ReadAllText(Path.Combine(Folder(), $"{code}.md"));
        var severity = descriptor.DefaultSeverity.ToString().ToLowerInvariant();

        Assert.StartsWith($"# {code}: {descriptor.Title}\n\nSeverity: {severity}.\n\n", page, StringComparison.Ordinal);
        Assert.Equal(["Example", "Cause", "Fix"], Heading().Matches(page).Select(match => match.Groups[1].Value));
        Assert.Contains($"{severity} {code}: ", page, StringComparison.Ordinal);
        Assert.All(
            Code().Matches(page),
            match => Assert.Contains(DiagnosticCatalogue.All, each => each.Id == match.Value)
        );
    }

    [Fact]
    public void The_index_lists_every_code_once_with_its_title_and_there_is_no_page_beside_them()
    {
        var index = File.ReadAllText(Path.Combine(Folder(), "index.md"));

        Assert.Equal(
            DiagnosticCatalogue.All.Select(each => $"[{each.Id}]({each.Id}.md) | {each.Title} |"),
            Row().Matches(index).Select(match => match.Value)
        );
        Assert.Equal(
            DiagnosticCatalogue.All.Select(each => $"{each.Id}.md").Append("index.md"),
            Directory.EnumerateFiles(Folder(), "*").Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/diagnostics"));

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("ASQL[0-9]{4}")]
    private static partial Regex Code();

    [GeneratedRegex(@"\[ASQL[0-9]{4}\]\(ASQL[0-9]{4}\.md\) \| [^|]+ \|")]
    private static partial Regex Row();
}
