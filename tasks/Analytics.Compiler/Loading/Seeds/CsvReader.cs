using System.Text;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Seeds;

/// <summary>
/// Splits CSV as Python's <c>csv</c> module does, which is what dbt reads with: a quote counts at the beginning of a value
/// only, two quotes inside quotes are one, and text after a closing quote belongs to the value. Written here because every
/// value keeps its place, which no CSV package offers.
/// </summary>
internal sealed class CsvReader(SourceFile file, char delimiter)
{
    private readonly string text = file.Text;
    private readonly StringBuilder unquoted = new();
    private int position;

    /// <summary>Where a quote opens that nothing closes; null while there is none.</summary>
    public int? UnclosedQuote { get; private set; }

    /// <summary>The values of the next line; a blank line has none. Null at the end of the text.</summary>
    public CsvRow? ReadRow()
    {
        if (position >= text.Length)
        {
            return null;
        }

        var row = new CsvRow(position, []);
        if (AtLineEnd())
        {
            SkipLineEnd();
            return row;
        }

        while (true)
        {
            row.Fields.Add(ReadField());
            if (position < text.Length && text[position] == delimiter)
            {
                position++;
                continue;
            }

            SkipLineEnd();
            return row;
        }
    }

    private CsvField ReadField()
    {
        var start = position;
        if (position >= text.Length || text[position] != '"')
        {
            return new CsvField(ReadPlain(), start, position);
        }

        unquoted.Clear();
        position++;
        while (true)
        {
            if (position >= text.Length)
            {
                UnclosedQuote ??= start;
                break;
            }

            var c = text[position++];
            if (c == '"')
            {
                if (position >= text.Length || text[position] != '"')
                {
                    break;
                }

                position++;
            }
            else if (c == '\r')
            {
                // Python opens the file with universal line breaks.
                c = '\n';
                position += position < text.Length && text[position] == '\n' ? 1 : 0;
            }

            unquoted.Append(c);
        }

        unquoted.Append(ReadPlain());
        return new CsvField(unquoted.ToString(), start, position);
    }

    private string ReadPlain()
    {
        var start = position;
        while (position < text.Length && text[position] != delimiter && !AtLineEnd())
        {
            position++;
        }

        return text[start..position];
    }

    private bool AtLineEnd() => text[position] is '\n' or '\r';

    private void SkipLineEnd()
    {
        if (position < text.Length && text[position++] == '\r' && position < text.Length && text[position] == '\n')
        {
            position++;
        }
    }
}
