using System.Collections.Immutable;
using Analytics.PgQuery;

namespace Analytics.Deployment.Testing.Fusion;

/// <summary>The tokens of a text without comments. Ranges are indexes into them.</summary>
/// <param name="sql">The text.</param>
internal sealed class SqlTokens(string sql)
{
    private readonly ImmutableArray<PgToken> tokens =
    [
        .. PgParser
            .Scan(sql)
            .Tokens.Where(token => token.Kind is not (PgTokenKind.LineComment or PgTokenKind.BlockComment)),
    ];

    /// <summary>All of them.</summary>
    public TokenRange All => new(0, tokens.Length);

    /// <summary>The token at a place.</summary>
    public PgToken this[int index] => tokens[index];

    /// <summary>Whether a token is this keyword or punctuation, in any case.</summary>
    public bool Is(int index, string word) =>
        index >= 0
        && index < tokens.Length
        && tokens[index].Kind is PgTokenKind.Keyword or PgTokenKind.Punctuation
        && tokens[index].Text(sql).Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>The text from the first token to the last.</summary>
    public ReadOnlySpan<char> Text(TokenRange range) =>
        range.Count <= 0 ? [] : sql.AsSpan(tokens[range.Start].Start..tokens[range.End - 1].End);

    /// <summary>The first keyword of a name that begins a clause: outside parentheses, and neither a label nor part of an operator.</summary>
    /// <returns>Its index; below zero when there is none.</returns>
    public int Find(string keyword, TokenRange range)
    {
        var depth = 0;
        for (var i = range.Start; i < range.End; i++)
        {
            depth += Step(i);
            if (depth == 0 && Is(i, keyword) && !Is(i - 1, ".") && !Is(i - 1, "as") && !IsOfOperator(i))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The parts between commas that stand outside parentheses.</summary>
    public ImmutableArray<TokenRange> Split(TokenRange range)
    {
        var parts = ImmutableArray.CreateBuilder<TokenRange>();
        var depth = 0;
        var start = range.Start;
        for (var i = range.Start; i < range.End; i++)
        {
            depth += Step(i);
            if (depth == 0 && Is(i, ","))
            {
                parts.Add(new TokenRange(start, i));
                start = i + 1;
            }
        }

        if (start < range.End)
        {
            parts.Add(new TokenRange(start, range.End));
        }

        return parts.ToImmutable();
    }

    /// <summary>What stands in each pair of parentheses that is not in another.</summary>
    public ImmutableArray<TokenRange> Parenthesised(TokenRange range)
    {
        var parts = ImmutableArray.CreateBuilder<TokenRange>();
        for (var i = range.Start; i < range.End; i++)
        {
            if (Is(i, "("))
            {
                var close = Closing(i, range);
                parts.Add(new TokenRange(i + 1, close));
                i = close;
            }
        }

        return parts.ToImmutable();
    }

    /// <summary>A range without the parentheses around all of it.</summary>
    public TokenRange Unwrapped(TokenRange range)
    {
        while (range.Count > 2 && Is(range.Start, "(") && Closing(range.Start, range) == range.End - 1)
        {
            range = new TokenRange(range.Start + 1, range.End - 1);
        }

        return range;
    }

    private int Closing(int open, TokenRange range)
    {
        var depth = 0;
        for (var i = open; i < range.End; i++)
        {
            depth += Step(i);
            if (depth == 0)
            {
                return i;
            }
        }

        return range.End;
    }

    private int Step(int index) =>
        Is(index, "(") || Is(index, "[") ? 1
        : Is(index, ")") || Is(index, "]") ? -1
        : 0;

    // IS DISTINCT FROM
    private bool IsOfOperator(int index) => Is(index, "from") && Is(index - 1, "distinct");
}
