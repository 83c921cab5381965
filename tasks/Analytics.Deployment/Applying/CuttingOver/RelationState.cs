using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning.Catalog;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>What a relation has beside its columns and rows, and must still have when it was replaced.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Version">Changes with the relation's row in <c>pg_class</c>: its owner, its privileges, its columns; not with its comments.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="OwnerMayCreate">Whether the owner may have relations created in its schema under its name.</param>
/// <param name="Definition">A view's query with every name qualified; null for other relations.</param>
/// <param name="Options">A view's options as <c>name=value</c>.</param>
/// <param name="Comment">Its comment; null without one.</param>
/// <param name="Grants">What roles other than the owner may do.</param>
/// <param name="ColumnComments">Comment by column, null without one; every column is a key.</param>
internal sealed record RelationState(
    RelationName Name,
    RelationKind Kind,
    string Version,
    string Owner,
    bool OwnerMayCreate,
    string? Definition,
    ImmutableArray<string> Options,
    string? Comment,
    ImmutableHashSet<Grant> Grants,
    ImmutableSortedDictionary<string, string?> ColumnComments
);

/// <summary>One privilege of one role.</summary>
/// <param name="Privilege">For example <c>SELECT</c>.</param>
/// <param name="Column">The column it is limited to; null for the relation.</param>
/// <param name="Grantee">The role; null for everybody.</param>
/// <param name="WithOption">Whether the role may grant it on.</param>
internal sealed record Grant(string Privilege, string? Column, string? Grantee, bool WithOption)
{
    /// <summary>Gives the privilege.</summary>
    public string GrantSql(RelationName relation) =>
        $"grant {What} on {relation.ToSql()} to {Whom}{(WithOption ? " with grant option" : string.Empty)}";

    /// <summary>Takes it away.</summary>
    public string RevokeSql(RelationName relation) => $"revoke {What} on {relation.ToSql()} from {Whom}";

    private string What => Column is null ? Privilege : $"{Privilege} ({RelationName.Quote(Column)})";

    private string Whom => Grantee is null ? "public" : RelationName.Quote(Grantee);
}
