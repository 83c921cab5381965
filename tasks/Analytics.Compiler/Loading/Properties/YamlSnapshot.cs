using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>
/// A snapshot that YAML defines by <c>relation: ref('x')</c>: its query is <c>select * from {{ ref('x') }}</c>.
/// </summary>
/// <remarks>
/// The query lies in a copy of the YAML text in which the words before the relation are written over what stands there.
/// So every line and column of the template is that of the YAML file, and an error in the relation lands on it.
/// </remarks>
internal static class YamlSnapshot
{
    /// <summary>The snapshot of an entry under <c>snapshots:</c>; null when the entry only describes a block.</summary>
    /// <param name="properties">The entry.</param>
    /// <param name="relation">The value of its <c>relation</c>.</param>
    /// <param name="relativePath">Path of the YAML file below the snapshot folder.</param>
    public static SqlResource Create(ResourceProperties properties, YamlScalar relation, string relativePath)
    {
        var original = properties.File;
        var marked = relation.Text.Contains("{{", StringComparison.Ordinal);
        string[] before = marked ? ["select", "*", "from"] : ["select", "*", "from", "{{"];
        var after = marked ? string.Empty : " }}";
        var content = relation.Content;
        var isExact = content.Length == relation.Text.Length;
        var text = original.Text.ToCharArray();
        var start = Place(text, content.Start, before);
        var tail = original.Text[content.End..];
        var head =
            isExact && start >= 0
                ? new string(text, 0, content.End)
                // A block scalar, or no room: the words stand before the relation and move it.
                : $"{original.Text[..content.Start]}{string.Join(' ', before)} {relation.Text.Trim()}";
        start = isExact && start >= 0 ? start : content.Start;
        var file = new SourceFile(original.Path, head + after + tail, original.Directory);
        var name = properties.NameSpan;
        var folder = relativePath[..(relativePath.LastIndexOf('/') + 1)];
        return new SqlResource(
            ResourceKind.Snapshot,
            properties.Package,
            properties.Name,
            file.Span(start, head.Length + after.Length - start),
            file.Span(file.OffsetAt(name.StartPosition), name.Length),
            $"{folder}{properties.Name}.sql",
            ResourceFolder.Fqn(properties.Package, relativePath, properties.Name)
        );
    }

    // Writes the words backwards from an offset, each where it fits on one line, and blanks what is between. Returns
    // where the first word begins, or -1.
    private static int Place(char[] text, int end, string[] words)
    {
        var offset = end;
        for (var i = words.Length - 1; i >= 0; i--)
        {
            var word = words[i];

            // One blank is kept after the word.
            while (offset - word.Length - 1 >= 0 && !Fits(text, offset - word.Length - 1, word.Length + 1))
            {
                Blank(text, --offset);
            }

            offset -= word.Length + 1;
            if (offset < 0)
            {
                return -1;
            }

            word.CopyTo(0, text, offset, word.Length);
            text[offset + word.Length] = ' ';
        }

        return offset;
    }

    private static bool Fits(char[] text, int start, int length) => !text.AsSpan(start, length).ContainsAny('\r', '\n');

    private static void Blank(char[] text, int offset)
    {
        if (text[offset] is not ('\r' or '\n'))
        {
            text[offset] = ' ';
        }
    }
}
