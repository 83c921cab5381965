using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Analytics.PgQuery;

/// <summary>The tokens of a text, or the error of a text that cannot be cut into tokens.</summary>
public sealed class PgScanResult
{
    internal PgScanResult(ImmutableArray<PgToken> tokens) => Tokens = tokens;

    internal PgScanResult(PgSyntaxError error)
    {
        Error = error;
        Tokens = [];
    }

    /// <summary>
    /// All tokens in the order of the text, comments included, white space not. Empty when there is an error.
    /// </summary>
    public ImmutableArray<PgToken> Tokens { get; }

    /// <summary>
    /// The error, as <see cref="PgParser.Parse"/> reports it, or null. A text with a syntax error scans well as long as
    /// every token of it is whole.
    /// </summary>
    public PgSyntaxError? Error { get; }

    /// <summary>Whether there are tokens to read.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsValid => Error is null;
}
