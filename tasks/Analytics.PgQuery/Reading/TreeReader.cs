using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Analytics.PgQuery.Reading;

/// <summary>
/// Cuts the parser's JSON into tokens. That JSON is libpg_query's own: no white space, integers only, UTF-8; text that is
/// not so ends in an <see cref="IndexOutOfRangeException"/> or a <see cref="FormatException"/>, never in a loop.
/// </summary>
/// <remarks>
/// <see cref="Utf8JsonReader"/> validates what needs no validation here, through vectors that ready-to-run code does not
/// have: with it, reading the tree of a model takes three times as long as parsing the model does.
/// </remarks>
internal ref struct TreeReader(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> json = json;
    private int next;
    private int valueStart;
    private int valueLength;

    /// <summary>What <see cref="Read"/> found; <see cref="JsonTokenType.None"/> before the first and after the last token.</summary>
    public JsonTokenType TokenType { get; private set; }

    /// <summary>Whether <see cref="ValueSpan"/> holds a backslash.</summary>
    public bool ValueIsEscaped { get; private set; }

    /// <summary>The bytes of a name or a string without its quotes, or the digits of a number.</summary>
    public readonly ReadOnlySpan<byte> ValueSpan => json.Slice(valueStart, valueLength);

    /// <summary>Goes to the next token.</summary>
    public void Read()
    {
        if (next < json.Length && json[next] == (byte)',')
        {
            next++;
        }

        if (next == json.Length)
        {
            TokenType = JsonTokenType.None;
            return;
        }

        TokenType = json[next] switch
        {
            (byte)'{' => Mark(JsonTokenType.StartObject),
            (byte)'}' => Mark(JsonTokenType.EndObject),
            (byte)'[' => Mark(JsonTokenType.StartArray),
            (byte)']' => Mark(JsonTokenType.EndArray),
            (byte)'"' => Text(),
            (byte)'t' => Word("true", JsonTokenType.True),
            (byte)'f' => Word("false", JsonTokenType.False),
            (byte)'n' => Word("null", JsonTokenType.Null),
            _ => Number(),
        };
    }

    /// <summary>The text of a name or a string.</summary>
    public readonly string GetString() => ValueIsEscaped ? Unescape(ValueSpan) : Encoding.UTF8.GetString(ValueSpan);

    /// <summary>The value of a number.</summary>
    public readonly long GetInt64() =>
        Utf8Parser.TryParse(ValueSpan, out long value, out var length) && length == valueLength
            ? value
            : throw new FormatException("The parser wrote a number that is no integer.");

    private JsonTokenType Mark(JsonTokenType type)
    {
        next++;
        return type;
    }

    private JsonTokenType Word(string word, JsonTokenType type)
    {
        next += word.Length;
        return type;
    }

    private JsonTokenType Text()
    {
        var at = ++next;
        var escaped = false;
        while (json[at] is var b && b != (byte)'"')
        {
            escaped |= b == (byte)'\\';
            at += b == (byte)'\\' ? 2 : 1;
        }

        (valueStart, valueLength, ValueIsEscaped) = (next, at - next, escaped);
        next = at + 1;
        if (next < json.Length && json[next] == (byte)':')
        {
            next++;
            return JsonTokenType.PropertyName;
        }

        return JsonTokenType.String;
    }

    private JsonTokenType Number()
    {
        var at = next;
        while (at < json.Length && json[at] is (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
        {
            at++;
        }

        if (at == next)
        {
            throw new FormatException("The parser wrote a tree that is no JSON.");
        }

        (valueStart, valueLength) = (next, at - next);
        next = at;
        return JsonTokenType.Number;
    }

    // Rare: a quote or a backslash in a literal, or a control character.
    private static string Unescape(ReadOnlySpan<byte> value)
    {
        var quoted = new byte[value.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        value.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }
}
