using System.Collections.Immutable;

namespace Analytics.Deployment.Testing.Fusion;

/// <summary>Where the clauses of a query are in its text. The parse tree says what a part is, but not where it ends.</summary>
/// <param name="Common">The queries of the common table expressions, in order.</param>
/// <param name="Targets">What is selected, each with its label.</param>
/// <param name="From">What follows FROM.</param>
/// <param name="Where">What follows WHERE; empty without one.</param>
/// <param name="Groups">What is grouped by.</param>
internal sealed record QueryClauses(
    ImmutableArray<TokenRange> Common,
    ImmutableArray<TokenRange> Targets,
    TokenRange From,
    TokenRange Where,
    ImmutableArray<TokenRange> Groups
)
{
    /// <summary>Cuts a query of one SELECT that ends with FROM, WHERE or GROUP BY.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="query">The query's tokens; parentheses around all of it do not count.</param>
    /// <returns>Null when the words do not stand as expected.</returns>
    public static QueryClauses? Cut(SqlTokens tokens, TokenRange query)
    {
        var whole = tokens.Unwrapped(query);
        var select = tokens.Find("select", whole);
        var from = tokens.Find("from", new TokenRange(select + 1, whole.End));
        if (select < 0 || from < 0)
        {
            return null;
        }

        var group = tokens.Find("group", new TokenRange(from + 1, whole.End));
        var beforeGroup = group < 0 ? whole.End : group;
        var where = tokens.Find("where", new TokenRange(from + 1, beforeGroup));
        return new QueryClauses(
            tokens.Parenthesised(new TokenRange(whole.Start, select)),
            tokens.Split(new TokenRange(select + 1, from)),
            new TokenRange(from + 1, where < 0 ? beforeGroup : where),
            where < 0 ? default : new TokenRange(where + 1, beforeGroup),
            group < 0 ? [] : tokens.Split(new TokenRange(group + 2, whole.End))
        );
    }
}
