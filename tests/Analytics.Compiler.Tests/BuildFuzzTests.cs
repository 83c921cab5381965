using System.Text;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Tests.Loading;

namespace Analytics.Compiler.Tests;

public sealed class BuildFuzzTests
{
    private const int PerFile = 12;

    public static TheoryData<string> Files() => [.. RichProject.Read().Root.Files.Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_damaged_file_never_breaks_the_build_itself(string path)
    {
        var input = RichProject.Read();
        var text = Encoding.UTF8.GetString(input.Root.Files.Single(file => file.Path == path).Content.Span);
        foreach (var damaged in Mutations.Of(text, PerFile))
        {
            var result = RichProject.Build(RichProject.With(input, path, damaged));

            Assert.DoesNotContain(
                result.Diagnostics,
                diagnostic => diagnostic.Id.StartsWith("ASQL9", StringComparison.Ordinal)
            );
            Assert.Equal(
                result.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
                result.Artifact is null
            );
            foreach (
                var span in result.Diagnostics.Select(diagnostic => diagnostic.Span).OfType<Analytics.Text.SourceSpan>()
            )
            {
                Assert.InRange(span.End, span.Start, span.File.Text.Length);
            }
        }
    }
}
