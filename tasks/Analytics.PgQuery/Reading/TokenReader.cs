using System.Collections.Immutable;
using System.Text.Json;

namespace Analytics.PgQuery.Reading;

/// <summary>Reads the JSON of libpg_query's scanner: <c>{"tokens":[{"start":…,"end":…,"tokenType":…,…}]}</c>.</summary>
internal static class TokenReader
{
    private const int FirstNamed = 256;

    public static ImmutableArray<PgToken> Read(SqlText text, ReadOnlySpan<byte> json)
    {
        // libpg_query writes control characters into its JSON as they are. They occur only in the text of a token, which
        // is not read here.
        var clean = json.ToArray();
        for (var i = 0; i < clean.Length; i++)
        {
            clean[i] = Math.Max(clean[i], (byte)' ');
        }

        var tokens = ImmutableArray.CreateBuilder<PgToken>();
        var reader = new Utf8JsonReader(clean);
        while (reader.Read() && reader.TokenType != JsonTokenType.StartArray)
        {
            // The version comes before the tokens.
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            tokens.Add(ReadToken(ref reader, text));
        }

        return tokens.DrainToImmutable();
    }

    private static PgToken ReadToken(ref Utf8JsonReader reader, SqlText text)
    {
        var (start, end, type, keyword) = (0, 0, 0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("start"u8))
            {
                start = Number(ref reader);
            }
            else if (reader.ValueTextEquals("end"u8))
            {
                end = Number(ref reader);
            }
            else if (reader.ValueTextEquals("tokenType"u8))
            {
                type = Number(ref reader);
            }
            else if (reader.ValueTextEquals("keywordKind"u8))
            {
                keyword = Number(ref reader);
            }
            else
            {
                reader.Read();
            }
        }

        var unit = text.UnitOfByte(start);
        var keywordKind = (PgKeywordKind)keyword;
        return new PgToken(KindOf(type, keywordKind), keywordKind, unit, text.UnitOfByte(end) - unit);
    }

    private static int Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt32();
    }

    // The numbers of the enumeration Token in libpg_query's pg_query.proto; below 256 they are characters.
    private static PgTokenKind KindOf(int type, PgKeywordKind keyword) =>
        type switch
        {
            '(' or ')' or '[' or ']' or ',' or ';' or ':' or '.' => PgTokenKind.Punctuation,
            < FirstNamed => PgTokenKind.Operator,
            258 or 259 => PgTokenKind.Identifier,
            260 => PgTokenKind.Number,
            261 or 262 => PgTokenKind.String,
            263 or 264 => PgTokenKind.BitString,
            266 => PgTokenKind.Integer,
            267 => PgTokenKind.Parameter,
            269 or 270 or 271 => PgTokenKind.Punctuation,
            275 => PgTokenKind.LineComment,
            276 => PgTokenKind.BlockComment,
            _ => keyword == PgKeywordKind.None ? PgTokenKind.Operator : PgTokenKind.Keyword,
        };
}
