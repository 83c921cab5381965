using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Analytics.Compiler.Loading.Yaml;

/// <summary>Makes a tree of the parser's events, without recursion.</summary>
internal sealed class YamlTreeBuilder(
    SourceFile file,
    YamlPadding padding,
    ImmutableArray<Diagnostic>.Builder diagnostics
)
{
    private readonly Stack<YamlFrame> frames = new();
    private readonly Dictionary<string, (YamlNode Node, long Size, int Height)> anchors = new(StringComparer.Ordinal);
    private long total;
    private int documents;

    /// <summary>The document's value once it was read.</summary>
    public YamlNode? Root { get; private set; }

    /// <summary>False when a limit was met and the rest must not be read.</summary>
    public bool Continues { get; private set; } = true;

    /// <summary>Where the last value ended.</summary>
    public int LastEnd { get; private set; }

    /// <summary>The last value when it is a text in quotes over several lines; else null.</summary>
    public SourceSpan? LongQuote { get; private set; }

    /// <summary>The innermost bracket or brace that is not closed yet.</summary>
    public SourceSpan? OpenFlowCollection => frames.FirstOrDefault(frame => frame.IsFlow)?.Start;

    /// <summary>Where the outermost bracket or brace that is not closed yet stands.</summary>
    public int? OutermostFlowStart => frames.LastOrDefault(frame => frame.IsFlow)?.Start.Start;

    public void Add(ParsingEvent parsed)
    {
        if (parsed is DocumentStart && ++documents == 2)
        {
            Report(SpanOf(parsed), "a second document begins here; a file holds one");
        }

        if (documents > 1)
        {
            return;
        }

        switch (parsed)
        {
            case Scalar scalar:
                AddScalar(scalar);
                break;
            case AnchorAlias alias:
                AddAlias(alias);
                break;
            case MappingStart start:
                Open(start, isMapping: true, start.Style == MappingStyle.Flow);
                break;
            case SequenceStart start:
                Open(start, isMapping: false, start.Style == SequenceStyle.Flow);
                break;
            case MappingEnd or SequenceEnd:
                Close(Offset(parsed.Start));
                break;
            default:
                break;
        }
    }

    private void AddScalar(Scalar scalar)
    {
        var node = YamlScalarReader.Read(file, scalar, Offset(scalar.Start), Offset(scalar.End), diagnostics);
        LastEnd = node.Span.End;
        var isQuoted = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted;
        LongQuote = isQuoted && scalar.Start.Line != scalar.End.Line ? node.Span : null;
        if (!scalar.Anchor.IsEmpty)
        {
            anchors[scalar.Anchor.Value] = (node, 1, 0);
        }

        Attach(node, 1, 0);
    }

    private void AddAlias(AnchorAlias alias)
    {
        var span = SpanOf(alias);
        LastEnd = span.End;
        if (anchors.TryGetValue(alias.Value.Value, out var target))
        {
            Attach(target.Node, target.Size, target.Height, span.End);
            return;
        }

        var inside = frames.Any(frame => string.Equals(frame.Anchor, alias.Value.Value, StringComparison.Ordinal));
        Report(
            span,
            inside
                ? $"the alias '*{alias.Value.Value}' stands inside the value that it means"
                : $"no anchor '&{alias.Value.Value}' stands before this alias"
        );
        Attach(new YamlScalar(null, string.Empty, span.Slice(0, 0), span), 1, 0);
    }

    private void Open(NodeEvent start, bool isMapping, bool isFlow)
    {
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific && !IsCollectionTag(start.Tag.Value, isMapping))
        {
            Report(SpanOf(start), $"the tag '{start.Tag.Value}' is not supported");
        }

        var begin = YamlProperties.Skip(file.Text, Offset(start.Start));
        var anchor = start.Anchor.IsEmpty ? null : start.Anchor.Value;
        if (frames.Count >= YamlReader.MaxDepth)
        {
            Stop(
                file.Span(begin, 0),
                FormattableString.Invariant($"values nest deeper than {YamlReader.MaxDepth} levels")
            );
            return;
        }

        // A bracket is one character; in block style nothing marks the collection itself.
        frames.Push(new YamlFrame(isMapping, isFlow, file.Span(begin, isFlow ? 1 : 0), anchor));
    }

    private static bool IsCollectionTag(string tag, bool isMapping) =>
        tag == (isMapping ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq");

    private void Close(int offset)
    {
        var frame = frames.Pop();
        var end = frame.IsFlow ? offset + 1 : frame.End;
        LastEnd = end;
        var span = file.Span(frame.Start.Start, end - frame.Start.Start);
        YamlNode node =
            frame.IsTemplate ? new YamlScalar(span.Text, span.Text, span, span)
            : frame.IsMapping ? new YamlMapping(YamlMerge.Entries(frame.Merged, frame.Entries), span)
            : new YamlSequence(frame.Items.ToImmutable(), span);
        if (frame.Anchor is not null)
        {
            anchors[frame.Anchor] = (node, frame.Size, frame.Height);
        }

        Attach(node, frame.Size, frame.Height);
    }

    private void Attach(YamlNode node, long size, int height, int? aliasEnd = null)
    {
        total += size;
        if (total > YamlReader.MaxNodes)
        {
            Stop(
                node.Span,
                FormattableString.Invariant(
                    $"the file has more than {YamlReader.MaxNodes} values, its aliases followed"
                )
            );
            return;
        }

        if (!frames.TryPeek(out var parent))
        {
            Root = node;
            return;
        }

        if (frames.Count + height > YamlReader.MaxDepth)
        {
            Stop(node.Span, FormattableString.Invariant($"values nest deeper than {YamlReader.MaxDepth} levels"));
            return;
        }

        parent.Size += size;
        parent.Height = Math.Max(parent.Height, height + 1);
        parent.End = Math.Max(parent.End, aliasEnd ?? node.Span.End);
        if (!parent.IsMapping)
        {
            parent.Items.Add(node);
        }
        else if (parent.PendingKey is null)
        {
            parent.PendingKey = node;
        }
        else
        {
            var key = parent.PendingKey;
            parent.PendingKey = null;
            AddEntry(parent, key, node);
        }
    }

    private void AddEntry(YamlFrame frame, YamlNode key, YamlNode value)
    {
        if (key is not YamlScalar scalar)
        {
            // Meant as a text: what reads it must not say that it is none.
            frame.IsTemplate = frame.IsFlow && key is YamlMapping;
            Report(
                frame.IsFlow ? frame.Start : key.Span,
                frame.IsTemplate
                    ? "a value that begins with '{{' must be in quotes"
                    : $"the key of a mapping must be a text, but {key.KindName} was found"
            );
            return;
        }

        if (scalar.Text == "<<" && scalar.Span.Length == 2)
        {
            Merge(frame, value);
            return;
        }

        if (!frame.Keys.Add(scalar.Text))
        {
            diagnostics.Add(ProjectDiagnostics.DuplicateKey(scalar.Span, scalar.Text));
            return;
        }

        frame.Entries.Add(new YamlEntry(scalar.Text, scalar.Span, value));
    }

    private void Merge(YamlFrame frame, YamlNode value)
    {
        var parts = value is YamlSequence list ? list.Items : [value];
        foreach (var part in parts)
        {
            if (part is YamlMapping mapping)
            {
                frame.Merged.Add(mapping);
            }
            else
            {
                diagnostics.Add(
                    ProjectDiagnostics.YamlShape(
                        part.Span,
                        "the value of '<<'",
                        "a mapping or a list of mappings",
                        part.KindName
                    )
                );
            }
        }
    }

    private void Stop(SourceSpan span, string message)
    {
        Report(span, message);
        Continues = false;
    }

    private void Report(SourceSpan span, string message) =>
        diagnostics.Add(ProjectDiagnostics.YamlSyntax(span, message));

    private SourceSpan SpanOf(ParsingEvent parsed)
    {
        var start = Offset(parsed.Start);
        return file.Span(start, Math.Max(0, Offset(parsed.End) - start));
    }

    // The marks count UTF-16 code units, as spans do.
    private int Offset(Mark mark) => padding.ToOriginal(mark.Index);
}
