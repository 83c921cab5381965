using System.Globalization;
using System.Text;
using Analytics.Text;

namespace Analytics.Jinja.Lexing;

/// <summary>Reads what a quoted text means: Python's escapes, unknown ones kept with their backslash.</summary>
internal static class StringLiteral
{
    public static string Read(SourceSpan token)
    {
        var raw = token.File.Text.AsSpan(token.Start + 1, token.Length - 2);
        if (raw.IndexOfAny('\\', '\r') < 0)
        {
            return raw.ToString();
        }

        var builder = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (c == '\r')
            {
                builder.Append('\n');
                i += i + 1 < raw.Length && raw[i + 1] == '\n' ? 1 : 0;
            }
            else if (c == '\\')
            {
                i += Escape(token, raw[i..], token.Start + 1 + i, builder) - 1;
            }
            else
            {
                builder.Append(c);
            }
        }

        return builder.ToString();
    }

    // Appends one escape and gives its length with the backslash.
    private static int Escape(SourceSpan token, ReadOnlySpan<char> rest, int offset, StringBuilder builder)
    {
        switch (rest[1])
        {
            case '\n':
                return 2;
            case '\r':
                return rest.Length > 2 && rest[2] == '\n' ? 3 : 2;
            case '\\' or '\'' or '"':
                builder.Append(rest[1]);
                return 2;
            case 'a':
                builder.Append('\a');
                return 2;
            case 'b':
                builder.Append('\b');
                return 2;
            case 'f':
                builder.Append('\f');
                return 2;
            case 'n':
                builder.Append('\n');
                return 2;
            case 'r':
                builder.Append('\r');
                return 2;
            case 't':
                builder.Append('\t');
                return 2;
            case 'v':
                builder.Append('\v');
                return 2;
            case >= '0' and <= '7':
                var octal = 1;
                while (octal < 3 && octal + 1 < rest.Length && rest[octal + 1] is >= '0' and <= '7')
                {
                    octal++;
                }

                builder.Append((char)Convert.ToInt32(rest.Slice(1, octal).ToString(), 8));
                return octal + 1;
            case 'x':
                return CodePoint(token, rest, 2, offset, builder);
            case 'u':
                return CodePoint(token, rest, 4, offset, builder);
            case 'U':
                return CodePoint(token, rest, 8, offset, builder);
            case 'N':
                throw SyntaxError.At(token.File.Span(offset, 2), "Characters by name ('\\N{…}') are not supported");
            default:
                builder.Append('\\').Append(rest[1]);
                return 2;
        }
    }

    private static int CodePoint(
        SourceSpan token,
        ReadOnlySpan<char> rest,
        int digits,
        int offset,
        StringBuilder builder
    )
    {
        if (
            rest.Length < digits + 2
            || !uint.TryParse(
                rest.Slice(2, digits),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var code
            )
            || code > 0x10ffff
        )
        {
            throw SyntaxError.At(
                token.File.Span(offset, Math.Min(rest.Length, digits + 2)),
                $"The escape '\\{rest[1]}' needs {digits} hexadecimal digits of a character"
            );
        }

        if (Rune.IsValid(code))
        {
            builder.Append(new Rune(code).ToString());
        }
        else
        {
            builder.Append((char)code);
        }

        return digits + 2;
    }
}
