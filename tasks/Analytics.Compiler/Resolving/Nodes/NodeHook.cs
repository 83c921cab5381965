using Analytics.Text;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>SQL that runs before or after what makes a relation.</summary>
/// <param name="Sql">A template, rendered when it runs; it may render to nothing.</param>
/// <param name="InTransaction">Whether it runs in the transaction that makes the relation, or by itself.</param>
/// <param name="Span">Where the config stands.</param>
public sealed record NodeHook(string Sql, bool InTransaction, SourceSpan Span)
{
    /// <summary>Whether it is the model's <c>sql_header</c>, which belongs to the model's query: a unit test runs it too.</summary>
    public bool IsHeader { get; init; }
}
