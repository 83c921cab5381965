using System.Collections.Immutable;

namespace Analytics.Jinja;

/// <summary>What <see cref="BlockScanner"/> found in one file.</summary>
/// <param name="Blocks">The whole blocks in the order of the file.</param>
/// <param name="Errors">Unclosed and nested blocks and tags, in the order of the file; empty for a sound file.</param>
/// <param name="OtherTags">
/// Tags at the top level that are not blocks of the asked kinds, such as <c>set</c>: macros do not see what they do.
/// Span is the whole tag, Name the tag's name.
/// </param>
public sealed record BlockScan(
    ImmutableArray<TemplateBlock> Blocks,
    ImmutableArray<TemplateError> Errors,
    ImmutableArray<OtherTag> OtherTags
);
