using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Seeds;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Tests.Loading.Seeds;

public class SeedFuzzTests
{
    [Fact]
    public void Mutated_files_give_a_table_or_an_error_and_never_throw()
    {
        var settings = new SeedSettings(',', ImmutableDictionary<string, string>.Empty, true);
        foreach (
            var text in Mutations.Of("id,\"na\"\"me\",at\n1,Ann,2020-01-01T10:00:00Z\n2,\"Bo\nb\",\n$3,%,1e9\n", 2000)
        )
        {
            var result = SeedReader.Read(
                new SeedResource("p", "s", new SourceFile("s.csv", text), "s.csv", []),
                settings
            );

            Assert.Equal(result.Table is null, result.Diagnostics.Any(diagnostic => diagnostic.Id == "ASQL0010"));
            Assert.All(result.Table?.Rows ?? [], row => Assert.Equal(result.Table!.Columns.Length, row.Length));
            Assert.All(result.Diagnostics, diagnostic => Assert.InRange(diagnostic.Span!.Value.End, 0, text.Length));
        }
    }
}
