using System.Text.Json;

namespace Analytics.PgQuery.Reading;

/// <summary>
/// Reads the parser's JSON into the array of a <see cref="PgSyntaxTree"/>. A node is <c>{"Kind":{fields}}</c>, or only
/// <c>{fields}</c> in a field that holds one kind; kinds begin with a capital, fields do not. Keeps its own stack, so
/// that depth costs memory and never the thread's stack.
/// </summary>
/// <remarks>
/// Plain arrays, because .NET compiles a generic collection of a type of ours at run time only, ready-to-run image or
/// not, and that would be most of the time of the first parse.
/// </remarks>
internal sealed class TreeBuilder(NamePool names)
{
    private const int FirstCapacity = 1024;
    private const int LargestKept = 64 * 1024;

    private TreeEntry[] entries = new TreeEntry[FirstCapacity];
    private int count;

    // The entry that is being read and, for each open entry, whether a brace of its kind has to be closed as well.
    private int current;
    private bool[] hasKind = new bool[FirstCapacity];
    private SqlText sql = null!;
    private int statementStart;

    public PgSyntaxTree Build(SqlText text, ReadOnlySpan<byte> json)
    {
        count = 0;
        current = -1;
        sql = text;
        var reader = new TreeReader(json);
        reader.Read();
        reader.Read();
        Open(null, "ParseResult", PgValueType.Node, withKind: false);
        while (current >= 0)
        {
            ReadNext(ref reader);
        }

        var own = new TreeEntry[count];
        Array.Copy(entries, own, count);
        var tree = new PgSyntaxTree(text.Sql, own);
        if (count > LargestKept)
        {
            entries = new TreeEntry[FirstCapacity];
            hasKind = new bool[FirstCapacity];
        }

        return tree;
    }

    // The reader stands on a token that has not been used.
    private void ReadNext(ref TreeReader reader)
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

    private void ReadValue(ref TreeReader reader, string? field)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                reader.Read();
                ReadNode(ref reader, field);
                return;
            case JsonTokenType.StartArray:
                Open(field, null, PgValueType.List, withKind: false);
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
    private void ReadNode(ref TreeReader reader, string? field)
    {
        if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueSpan[0] is >= (byte)'A' and <= (byte)'Z')
        {
            var kind = Name(ref reader);
            reader.Read();
            reader.Read();
            Open(field, kind, PgValueType.Node, withKind: true);
            return;
        }

        var isInList = entries[current].Type == PgValueType.List;
        var kindOf = isInList ? KindOf(entries[current].Parent, entries[current].Field) : KindOf(current, field);
        Open(field, kindOf, PgValueType.Node, withKind: false);
    }

    private string KindOf(int parent, string? field) =>
        field is null ? "Null" : MessageKinds.Find(entries[parent].Text ?? "", field) ?? "Null";

    private void ReadNumber(string? field, long value)
    {
        switch (field)
        {
            case "location":
                entries[current].Number = value < 0 ? -1 : sql.UnitOfByte((int)value);
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

    private void Open(string? field, string? kind, PgValueType type, bool withKind)
    {
        if (kind == "RawStmt")
        {
            statementStart = 0;
        }

        var location = kind is not null && MessageKinds.HasLocation(kind) ? 0 : -1;
        Add(field, kind, location, type);
        current = count - 1;
        hasKind[current] = withKind;
    }

    private void Close(ref TreeReader reader)
    {
        if (hasKind[current])
        {
            reader.Read();
        }

        reader.Read();
        entries[current].End = count;
        current = entries[current].Parent;
    }

    private void Add(string? field, string? text, long number, PgValueType type)
    {
        if (count == entries.Length)
        {
            Grow();
        }

        ref var entry = ref entries[count++];
        entry.Field = field;
        entry.Text = text;
        entry.Number = number;
        entry.Parent = current;
        entry.End = count;
        entry.Type = type;
    }

    private void Grow()
    {
        var moreEntries = new TreeEntry[count * 2];
        Array.Copy(entries, moreEntries, count);
        entries = moreEntries;
        var moreKinds = new bool[count * 2];
        Array.Copy(hasKind, moreKinds, count);
        hasKind = moreKinds;
    }

    private string Name(ref TreeReader reader) =>
        reader.ValueIsEscaped ? reader.GetString() : names.Get(reader.ValueSpan);
}
