using System.Text.Json;

namespace Analytics.PgQuery.Reading;

/// <summary>
/// Reads the parser's JSON into the array of a <see cref="PgSyntaxTree"/>. A node is <c>{"Kind":{fields}}</c>, or only
/// <c>{fields}</c> in a field that holds one kind; kinds begin with a capital, fields do not. Keeps its own stack, so
/// that depth costs memory and never the thread's stack.
/// </summary>
internal sealed class TreeBuilder(NamePool names)
{
    private readonly List<TreeEntry> entries = [];
    private readonly Stack<(int Entry, bool HasKind)> open = new();
    private SqlText sql = null!;
    private int statementStart;

    public PgSyntaxTree Build(SqlText text, ReadOnlySpan<byte> json)
    {
        entries.Clear();
        open.Clear();
        sql = text;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        reader.Read();
        Open("", "ParseResult", PgValueType.Node, hasKind: false);
        while (open.Count > 0)
        {
            ReadNext(ref reader);
        }

        return new PgSyntaxTree(text.Sql, [.. entries]);
    }

    // The reader stands on a token that has not been used.
    private void ReadNext(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                var name = Name(ref reader);
                reader.Read();
                ReadValue(ref reader, name);
                break;
            case JsonTokenType.EndObject:
            case JsonTokenType.EndArray:
                Close(ref reader);
                break;
            default:
                ReadValue(ref reader, null);
                break;
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, string? field)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                reader.Read();
                ReadNode(ref reader, field);
                return;
            case JsonTokenType.StartArray:
                Open(field, null, PgValueType.List, hasKind: false);
                break;
            case JsonTokenType.String:
                Add(field, Name(ref reader), 0, PgValueType.Text);
                break;
            case JsonTokenType.Number:
                ReadNumber(field, reader.GetInt64());
                break;
            default:
                Add(field, null, reader.TokenType == JsonTokenType.True ? 1 : 0, PgValueType.Boolean);
                break;
        }

        reader.Read();
    }

    // The reader stands after the opening brace.
    private void ReadNode(ref Utf8JsonReader reader, string? field)
    {
        if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueSpan[0] is >= (byte)'A' and <= (byte)'Z')
        {
            var kind = Name(ref reader);
            reader.Read();
            reader.Read();
            Open(field, kind, PgValueType.Node, hasKind: true);
            return;
        }

        var parent = open.Peek().Entry;
        if (entries[parent].Type == PgValueType.List)
        {
            Open(field, KindOf(entries[parent].Parent, entries[parent].Field), PgValueType.Node, hasKind: false);
        }
        else
        {
            Open(field, KindOf(parent, field), PgValueType.Node, hasKind: false);
        }
    }

    private string KindOf(int parent, string? field) =>
        field is null ? "Null" : MessageKinds.Find(entries[parent].Text ?? "", field) ?? "Null";

    private void ReadNumber(string? field, long value)
    {
        switch (field)
        {
            case "location":
                SetLocation(value < 0 ? -1 : sql.UnitOfByte((int)value));
                return;
            case "stmt_location":
                statementStart = (int)value;
                value = sql.UnitOfByte(statementStart);
                break;
            case "stmt_len":
                value = sql.UnitOfByte(statementStart + (int)value) - sql.UnitOfByte(statementStart);
                break;
            case "name_location" or "list_start" or "list_end" or "rexpr_list_start" or "rexpr_list_end" when value > 0:
                value = sql.UnitOfByte((int)value);
                break;
            default:
                break;
        }

        Add(field, null, value, PgValueType.Integer);
    }

    private void SetLocation(int location)
    {
        var node = open.Peek().Entry;
        var entry = entries[node];
        entry.Number = location;
        entries[node] = entry;
    }

    private void Open(string? field, string? kind, PgValueType type, bool hasKind)
    {
        if (kind == "RawStmt")
        {
            statementStart = 0;
        }

        var location = kind is not null && MessageKinds.HasLocation(kind) ? 0 : -1;
        var entry = entries.Count;
        Add(field, kind, location, type);
        open.Push((entry, hasKind));
    }

    private void Close(ref Utf8JsonReader reader)
    {
        var (node, hasKind) = open.Pop();
        var entry = entries[node];
        entry.End = entries.Count;
        entries[node] = entry;
        if (hasKind)
        {
            reader.Read();
        }

        reader.Read();
    }

    private void Add(string? field, string? text, long number, PgValueType type) =>
        entries.Add(
            new TreeEntry
            {
                Field = field,
                Text = text,
                Number = number,
                Parent = open.Count == 0 ? -1 : open.Peek().Entry,
                End = entries.Count + 1,
                Type = type,
            }
        );

    private string Name(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? reader.GetString()! : names.Get(reader.ValueSpan);
}
