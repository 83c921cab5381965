using System.Text;

namespace Analytics.PgQuery.Reading;

/// <summary>
/// A text in the parser's encoding, and the one place where the three ways to count are turned into each other: the
/// parser's tree counts UTF-8 bytes, its errors count code points from one, .NET counts UTF-16 code units.
/// </summary>
internal sealed class SqlText
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, true);

    private int[]? unitsByByte;

    private SqlText(string sql, byte[] utf8)
    {
        Sql = sql;
        Utf8 = utf8;
    }

    public string Sql { get; }

    public byte[] Utf8 { get; }

    private bool IsAscii => Utf8.Length == Sql.Length;

    /// <summary>Encodes a text, unless it holds what no PostgreSQL string can hold.</summary>
    public static SqlText? TryEncode(string sql, out PgSyntaxError? error)
    {
        error = FindUnacceptable(sql);
        return error is null ? new SqlText(sql, Encoding.GetBytes(sql)) : null;
    }

    /// <summary>Turns an offset in bytes into one in UTF-16 code units; an offset outside the text is clamped to it.</summary>
    public int UnitOfByte(int offset)
    {
        offset = Math.Clamp(offset, 0, Utf8.Length);
        return IsAscii ? offset : (unitsByByte ??= MapBytes())[offset];
    }

    /// <summary>Turns an offset in code points, from zero, into one in UTF-16 code units; clamped to the text.</summary>
    public int UnitOfCodePoint(int offset)
    {
        if (IsAscii)
        {
            return Math.Clamp(offset, 0, Sql.Length);
        }

        var unit = 0;
        for (var point = 0; point < offset && unit < Sql.Length; point++)
        {
            unit += char.IsHighSurrogate(Sql[unit]) ? 2 : 1;
        }

        return unit;
    }

    private int[] MapBytes()
    {
        var map = new int[Utf8.Length + 1];
        var unit = 0;
        for (var i = 0; i < Utf8.Length; i++)
        {
            // A continuation byte has the offset of its character; the lead byte of four bytes stands for two units.
            var isContinuation = (Utf8[i] & 0xC0) == 0x80;
            if (!isContinuation && i > 0)
            {
                unit++;
            }

            map[i] = unit;
            if (Utf8[i] >= 0xF0)
            {
                map[i + 1] = map[i + 2] = map[i + 3] = unit;
                i += 3;
                unit++;
            }
        }

        map[Utf8.Length] = Sql.Length;
        return map;
    }

    private static PgSyntaxError? FindUnacceptable(string sql)
    {
        for (var i = 0; i < sql.Length; i++)
        {
            if (sql[i] == '\0')
            {
                return new PgSyntaxError("SQL must not contain the character NUL (U+0000)", i, 1);
            }

            if (!char.IsSurrogate(sql[i]))
            {
                continue;
            }

            if (i + 1 == sql.Length || !char.IsSurrogatePair(sql[i], sql[i + 1]))
            {
                var code = ((int)sql[i]).ToString("X4", System.Globalization.CultureInfo.InvariantCulture);
                return new PgSyntaxError($"SQL must not contain half a character (U+{code})", i, 1);
            }

            i++;
        }

        return null;
    }
}
