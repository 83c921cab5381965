using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>Reads the <c>{% docs %}</c> blocks of Markdown files.</summary>
internal static class DocsReader
{
    public static IEnumerable<DocsBlock> Read(
        string package,
        SourceFile file,
        ImmutableArray<Diagnostic>.Builder diagnostics
    )
    {
        // Markdown without a block is for people only and may hold any braces.
        if (
            !file.Text.Contains("docs", StringComparison.Ordinal) || !file.Text.Contains("{%", StringComparison.Ordinal)
        )
        {
            yield break;
        }

        var scan = BlockScanner.Scan(file, BlockKinds.Docs);
        foreach (var error in scan.Errors)
        {
            diagnostics.Add(TemplateProblem.ToDiagnostic(error));
        }

        foreach (var block in scan.Blocks)
        {
            yield return new DocsBlock(package, block.Name, block.NameSpan, block.Body);
        }
    }
}
