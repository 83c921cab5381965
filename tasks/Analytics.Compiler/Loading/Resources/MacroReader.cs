using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>Reads the macros, generic tests and materializations of a package.</summary>
internal sealed class MacroReader(string package, ImmutableArray<Diagnostic>.Builder diagnostics)
{
    private readonly Dictionary<string, MacroResource> byName = new(StringComparer.Ordinal);
    private readonly ImmutableArray<MacroResource>.Builder macros = ImmutableArray.CreateBuilder<MacroResource>();

    /// <summary>All that were read, in the order of reading.</summary>
    public ImmutableArray<MacroResource> Macros => macros.ToImmutable();

    public void Read(MacroFile file)
    {
        diagnostics.AddRange(file.Diagnostics);
        foreach (var (definition, block) in file.Definitions)
        {
            Add(definition, block);
        }
    }

    private void Add(MacroDefinition definition, TemplateBlock block)
    {
        var name = definition.Kind switch
        {
            BlockKinds.Test => $"test_{definition.Name}",
            BlockKinds.Materialization => $"materialization_{definition.Name}_{definition.Adapter}",
            _ => definition.Name,
        };
        var macro = new MacroResource(package, name, definition, block.NameSpan, block.Span);
        if (byName.TryGetValue(name, out var first))
        {
            diagnostics.Add(GraphDiagnostics.DuplicateName(block.NameSpan, "macro", name, first.NameSpan));
            return;
        }

        byName.Add(name, macro);
        macros.Add(macro);
    }
}
