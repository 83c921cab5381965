using System.Diagnostics.CodeAnalysis;

namespace Analytics.PgQuery;

/// <summary>Either a tree or an error: exactly one of the two is not null.</summary>
public sealed class PgParseResult
{
    internal PgParseResult(PgSyntaxTree tree) => Tree = tree;

    internal PgParseResult(PgSyntaxError error) => Error = error;

    /// <summary>The tree, or null when the SQL is not valid.</summary>
    public PgSyntaxTree? Tree { get; }

    /// <summary>The first error, or null. PostgreSQL's parser stops at the first one.</summary>
    public PgSyntaxError? Error { get; }

    /// <summary>Whether there is a tree.</summary>
    [MemberNotNullWhen(true, nameof(Tree))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsValid => Tree is not null;
}
