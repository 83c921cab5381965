using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Jinja.Blocks;

/// <summary>Pairs opening and closing tags.</summary>
internal sealed class BlockCollector(SourceFile file, BlockKinds kinds)
{
    private readonly List<TemplateError> errors = [];
    private readonly List<OtherTag> others = [];
    private readonly ImmutableArray<TemplateBlock>.Builder blocks = ImmutableArray.CreateBuilder<TemplateBlock>();
    private readonly Stack<BlockTag> controls = new();
    private BlockTag? open;
    private BlockKinds openKind;

    public BlockScan Collect()
    {
        var reader = new TagReader(file, errors);
        while (reader.Next() is { } tag)
        {
            if (open is null)
            {
                Outside(tag);
            }
            else
            {
                Inside(tag);
            }
        }

        if (open is not null)
        {
            Error(open.Span, $"The block '{open.Name}' is not closed: '{{% end{open.Name} %}}' is missing", open.Name);
        }

        errors.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return new BlockScan(blocks.ToImmutable(), [.. errors], [.. others]);
    }

    private static BlockKinds KindOf(string name) =>
        name switch
        {
            "macro" => BlockKinds.Macro,
            "test" or "data_test" => BlockKinds.Test,
            "materialization" => BlockKinds.Materialization,
            "snapshot" => BlockKinds.Snapshot,
            "docs" => BlockKinds.Docs,
            _ => BlockKinds.None,
        };

    private void Outside(BlockTag tag)
    {
        var kind = KindOf(tag.Name) & kinds;
        if (kind != BlockKinds.None)
        {
            if (controls.TryPeek(out var control))
            {
                Error(
                    tag.Span,
                    $"The block '{tag.Name}' must stand at the top level, not inside '{control.Name}'",
                    tag.Name
                );
            }

            open = tag;
            openKind = kind;
            return;
        }

        others.Add(new OtherTag(tag.Name, tag.Span));
        if (tag.Name is "if" or "for")
        {
            controls.Push(tag);
        }
        else if (
            tag.Name is "endif" or "endfor"
            && (!controls.TryPop(out var control) || !tag.Name.EndsWith(control.Name, StringComparison.Ordinal))
        )
        {
            Error(tag.Span, $"Unexpected '{tag.Name}'", tag.Name);
        }
        else if (tag.Name.StartsWith("end", StringComparison.Ordinal) && KindOf(tag.Name[3..]) != BlockKinds.None)
        {
            Error(tag.Span, $"Unexpected '{tag.Name}': no block is open", tag.Name);
        }
    }

    private void Inside(BlockTag tag)
    {
        if (tag.Name == "end" + open!.Name)
        {
            Add(tag);
            open = null;
        }
        else if ((KindOf(tag.Name) & kinds) != BlockKinds.None)
        {
            // Most likely the end tag of the block before was forgotten: go on with the new one.
            Error(
                open.Span,
                $"The block '{open.Name}' is not closed before the next '{tag.Name}': '{{% end{open.Name} %}}' is missing",
                open.Name
            );
            open = tag;
            openKind = KindOf(tag.Name);
        }
    }

    private void Add(BlockTag closing)
    {
        if (open!.Argument is not { } name)
        {
            Error(open.Span, $"The block '{open.Name}' has no name", open.Name);
            return;
        }

        var body = file.Span(open.Span.End, closing.Span.Start - open.Span.End);
        blocks.Add(new TemplateBlock(openKind, name.Text, open.Span.To(closing.Span), name, open.Span, body));
    }

    private void Error(SourceSpan span, string message, string name) =>
        errors.Add(new TemplateError(TemplateErrorKind.Syntax, message, span, [], name));
}
