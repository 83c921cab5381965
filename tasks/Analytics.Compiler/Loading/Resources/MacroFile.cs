using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>The macros, generic tests and materializations of one file.</summary>
/// <param name="Definitions">Those that could be parsed, with their blocks, in the order of the file.</param>
/// <param name="Diagnostics">What is wrong with the others.</param>
internal sealed record MacroFile(
    ImmutableArray<(MacroDefinition Definition, TemplateBlock Block)> Definitions,
    ImmutableArray<Diagnostic> Diagnostics
)
{
    public static MacroFile Parse(SourceFile file)
    {
        var scan = BlockScanner.Scan(file, BlockKinds.Macros);
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        diagnostics.AddRange(scan.Errors.Select(TemplateProblem.ToDiagnostic));
        var definitions = ImmutableArray.CreateBuilder<(MacroDefinition, TemplateBlock)>();
        foreach (var block in scan.Blocks)
        {
            try
            {
                definitions.Add((MacroDefinition.Parse(block), block));
            }
            catch (TemplateException exception)
            {
                diagnostics.Add(TemplateProblem.ToDiagnostic(exception.Error));
            }
        }

        return new MacroFile(definitions.ToImmutable(), diagnostics.ToImmutable());
    }
}
