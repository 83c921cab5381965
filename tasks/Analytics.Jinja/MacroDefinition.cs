using System.Collections.Immutable;
using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Parsing;

namespace Analytics.Jinja;

/// <summary>A parsed macro, test or materialization. Immutable; make a <see cref="MacroValue"/> of it to call it.</summary>
public sealed class MacroDefinition
{
    private MacroDefinition(TemplateBlock block, MacroBlock parsed)
    {
        Block = block;
        Code = parsed.Code;
        Name = parsed.Code.Name;
        Parameters = parsed.Parameters;
        Adapter = parsed.Adapter;
        SupportedLanguages = parsed.SupportedLanguages;
    }

    /// <summary>The block it was parsed from.</summary>
    public TemplateBlock Block { get; }

    /// <summary>Macro, Test or Materialization.</summary>
    public BlockKinds Kind => Block.Kind;

    /// <summary>The name as written, without dbt's prefixes.</summary>
    public string Name { get; }

    /// <summary>The parameters in order; a materialization has none.</summary>
    public ImmutableArray<MacroParameter> Parameters { get; }

    /// <summary>Whether the body reads <c>kwargs</c>, so that a call may pass names that are no parameters.</summary>
    public bool TakesAnyName => Code.NamedSlot >= 0;

    /// <summary>The adapter of a materialization: <c>default</c> or the text of <c>adapter=</c>; null for the other kinds.</summary>
    public string? Adapter { get; }

    /// <summary>The <c>supported_languages</c> of a materialization; <c>sql</c> when it says nothing; empty for the other kinds.</summary>
    public ImmutableArray<string> SupportedLanguages { get; }

    internal MacroCode Code { get; }

    /// <summary>Parses a block of kind Macro, Test or Materialization.</summary>
    /// <exception cref="TemplateException">The block is not a macro; kinds Syntax, Unsupported, UnknownFilter, UnknownTest, Limit.</exception>
    /// <exception cref="ArgumentException">The block is of another kind.</exception>
    public static MacroDefinition Parse(TemplateBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        if ((block.Kind & BlockKinds.Macros) == 0)
        {
            throw new ArgumentException("Not a macro, test or materialization.", nameof(block));
        }

        return new MacroDefinition(block, MacroBlock.Parse(block.Span));
    }
}
