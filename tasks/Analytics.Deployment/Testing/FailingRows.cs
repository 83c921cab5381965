using System.Text;
using System.Text.Json;

namespace Analytics.Deployment.Testing;

/// <summary>Writes failing rows into one line of a message.</summary>
internal static class FailingRows
{
    private const int LongestValue = 60;
    private const int MostColumns = 8;

    /// <summary>For example <c>(trip_id=a1, revenue=-3), (trip_id=b7, revenue=-1)</c>.</summary>
    /// <param name="rows">Rows as JSON objects; a key may stand twice.</param>
    public static string Write(IEnumerable<string> rows) => string.Join(", ", rows.Select(Row));

    // A column of JSON may be as deep as the server allows; reading it takes no stack.
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private static string Row(string json)
    {
        using var document = JsonDocument.Parse(json, AnyDepth);
        var cells = new List<string>();
        foreach (var cell in document.RootElement.EnumerateObject())
        {
            if (cells.Count == MostColumns)
            {
                cells.Add("…");
                break;
            }

            cells.Add($"{cell.Name}={Value(cell.Value)}");
        }

        return $"({string.Join(", ", cells)})";
    }

    private static string Value(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= LongestValue)
        {
            return line;
        }

        var kept = new StringBuilder();
        foreach (var rune in line.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > LongestValue)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.Append('…').ToString();
    }
}
