using Analytics.Jinja.Lexing;

namespace Analytics.Jinja.Filters;

/// <summary>Python's <c>textwrap.wrap</c> as the <c>wordwrap</c> filter calls it: white space is kept as it is.</summary>
internal static class LineWrapper
{
    public static List<string> Wrap(string text, int width, bool breakLongWords, bool breakOnHyphens)
    {
        var chunks = new Stack<string>(Chunks(text, breakOnHyphens).AsEnumerable().Reverse());
        var lines = new List<string>();
        while (chunks.Count > 0)
        {
            if (lines.Count > 0 && string.IsNullOrWhiteSpace(chunks.Peek()))
            {
                chunks.Pop();
                if (chunks.Count == 0)
                {
                    break;
                }
            }

            var line = new List<string>();
            var length = 0;
            while (chunks.Count > 0 && length + chunks.Peek().Length <= width)
            {
                length += chunks.Peek().Length;
                line.Add(chunks.Pop());
            }

            if (chunks.Count > 0 && chunks.Peek().Length > width)
            {
                Break(chunks, line, width - length, breakLongWords, breakOnHyphens);
            }

            if (line.Count > 0 && string.IsNullOrWhiteSpace(line[^1]))
            {
                line.RemoveAt(line.Count - 1);
            }

            if (line.Count > 0)
            {
                lines.Add(string.Concat(line));
            }
        }

        return lines;
    }

    private static void Break(
        Stack<string> chunks,
        List<string> line,
        int room,
        bool breakLongWords,
        bool breakOnHyphens
    )
    {
        room = Math.Max(room, 1);
        if (breakLongWords)
        {
            var chunk = chunks.Pop();
            var end = room;
            if (breakOnHyphens && chunk.Length > room)
            {
                var hyphen = chunk.LastIndexOf('-', room - 1);
                if (hyphen > 0 && chunk[..hyphen].Any(c => c != '-'))
                {
                    end = hyphen + 1;
                }
            }

            line.Add(chunk[..end]);
            chunks.Push(chunk[end..]);
        }
        else if (line.Count == 0)
        {
            line.Add(chunks.Pop());
        }
    }

    // Runs of white space and words; a word may be cut after a hyphen between letters.
    private static List<string> Chunks(string text, bool breakOnHyphens)
    {
        var chunks = new List<string>();
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            var cuts =
                i == text.Length
                || PyChars.IsSpace(text[i]) != PyChars.IsSpace(text[i - 1])
                || (
                    breakOnHyphens
                    && text[i - 1] == '-'
                    && i >= 3
                    && char.IsLetter(text[i - 2])
                    && char.IsLetter(text[i - 3])
                    && char.IsLetter(text[i])
                    && i + 1 < text.Length
                    && char.IsLetter(text[i + 1])
                );
            if (cuts)
            {
                chunks.Add(text[start..i]);
                start = i;
            }
        }

        return chunks;
    }
}
