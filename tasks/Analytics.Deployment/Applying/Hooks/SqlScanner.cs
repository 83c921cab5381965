namespace Analytics.Deployment.Applying.Hooks;

/// <summary>Finds names in SQL, by PostgreSQL's rules for tokens. It understands no grammar, so it works on any statement.</summary>
internal static class SqlScanner
{
    /// <summary>The end of a string, a comment or a dollar-quoted text that begins here; the place itself when none does.</summary>
    /// <param name="sql">The SQL.</param>
    /// <param name="at">Zero-based offset.</param>
    public static int SkipOpaque(string sql, int at)
    {
        var rest = sql.AsSpan(at);
        if (rest[0] == '\'')
        {
            var hasEscapes = at > 0 && sql[at - 1] is 'e' or 'E' && (at < 2 || !IsNamePart(sql[at - 2]));
            return EndOfString(sql, at, hasEscapes);
        }

        if (rest.StartsWith("--"))
        {
            var line = rest.IndexOf('\n');
            return line < 0 ? sql.Length : at + line;
        }

        return rest.StartsWith("/*") ? EndOfComment(sql, at)
            : rest[0] == '$' && (at == 0 || !IsNamePart(sql[at - 1])) ? EndOfDollars(sql, at)
            : at;
    }

    /// <summary>The dotted name that begins here; null when none does.</summary>
    public static DottedName? ReadName(string sql, int at)
    {
        var parts = new List<(string Text, int End)>();
        var next = at;
        while (ReadPart(sql, next) is var (part, end))
        {
            parts.Add((part, end));
            next = SkipSpace(sql, end);
            if (next >= sql.Length || sql[next] != '.')
            {
                break;
            }

            next = SkipSpace(sql, next + 1);
        }

        return parts.Count == 0 ? null : new DottedName(parts, parts[^1].End);
    }

    private static (string Text, int End)? ReadPart(string sql, int at)
    {
        if (at >= sql.Length)
        {
            return null;
        }

        if (sql[at] == '"')
        {
            var end = at + 1;
            while (end < sql.Length && (sql[end] != '"' || (end + 1 < sql.Length && sql[end + 1] == '"')))
            {
                end += sql[end] == '"' ? 2 : 1;
            }

            return end >= sql.Length
                ? null
                : (sql[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal), end + 1);
        }

        var stop = at;
        while (stop < sql.Length && (stop == at ? IsNameStart(sql[stop]) : IsNamePart(sql[stop])))
        {
            stop++;
        }

        // PostgreSQL folds what is not quoted.
        return stop == at ? null : (sql[at..stop].ToLowerInvariant(), stop);
    }

    private static int EndOfString(string sql, int at, bool hasEscapes)
    {
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (hasEscapes && sql[i] == '\\')
            {
                i++;
            }
            else if (sql[i] == '\'')
            {
                if (i + 1 < sql.Length && sql[i + 1] == '\'')
                {
                    i++;
                }
                else
                {
                    return i + 1;
                }
            }
        }

        return sql.Length;
    }

    // Comments nest in PostgreSQL.
    private static int EndOfComment(string sql, int at)
    {
        var depth = 0;
        for (var i = at; i + 1 < sql.Length; i++)
        {
            if (sql[i] == '/' && sql[i + 1] == '*')
            {
                depth++;
                i++;
            }
            else if (sql[i] == '*' && sql[i + 1] == '/')
            {
                depth--;
                i++;
                if (depth == 0)
                {
                    return i + 1;
                }
            }
        }

        return sql.Length;
    }

    private static int EndOfDollars(string sql, int at)
    {
        var tagEnd = at + 1;
        while (
            tagEnd < sql.Length
            && (tagEnd == at + 1 ? IsNameStart(sql[tagEnd]) : IsNamePart(sql[tagEnd]))
            && sql[tagEnd] != '$'
        )
        {
            tagEnd++;
        }

        if (tagEnd >= sql.Length || sql[tagEnd] != '$')
        {
            return at;
        }

        var tag = sql.Substring(at, tagEnd - at + 1);
        var end = sql.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        return end < 0 ? sql.Length : end + tag.Length;
    }

    private static int SkipSpace(string sql, int at)
    {
        while (at < sql.Length && char.IsWhiteSpace(sql[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '_' or > '\x7f';

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c) || c == '$';
}

/// <summary>A name of one part or several with dots between.</summary>
/// <param name="Parts">The parts without quotes, plain ones in lower case, and the offset behind each.</param>
/// <param name="End">The offset behind the last part.</param>
internal sealed record DottedName(IReadOnlyList<(string Text, int End)> Parts, int End);
