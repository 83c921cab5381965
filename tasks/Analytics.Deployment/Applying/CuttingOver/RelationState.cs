using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning.Catalog;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>What a relation has beside its columns and rows, and must still have when it was replaced.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Version">Changes with the relation, its owner and the number of its columns; not with its privileges and comments.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="OwnerMayCreate">Whether the owner may have relations created in its schema under its name.</param>
/// <param name="Definition">The query of a view or materialized view with every name qualified; null for other relations.</param>
/// <param name="Options">Its options or storage parameters as <c>name=value</c>.</param>
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
)
{
    /// <summary>What a materialized view has beside that; null for other relations.</summary>
    public StoredView? Stored { get; init; }

    /// <summary>How closely <c>analyze</c> looks at columns, by column; those that are as usual are not there.</summary>
    public ImmutableSortedDictionary<string, int> StatisticsTargets { get; init; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Its extended statistics, by qualified name.</summary>
    public ImmutableSortedDictionary<string, ExtendedStatistics> ExtendedStatistics { get; init; } =
        ImmutableSortedDictionary.Create<string, ExtendedStatistics>(StringComparer.Ordinal);

    /// <summary>What <c>replica identity</c> it has: <c>default</c>, <c>nothing</c> or <c>full</c>; null where it is an index.</summary>
    public string? ReplicaIdentity { get; init; }

    /// <summary>What <c>alter table</c> says to make its row-level security what it is: <c>enable</c>, <c>force</c>.</summary>
    public ImmutableArray<string> RowSecurity { get; init; } = [];
}

/// <summary>An object of extended statistics.</summary>
/// <param name="Definition">The statement that made it.</param>
/// <param name="Columns">The columns it is on; those of its expressions are not among them.</param>
internal sealed record ExtendedStatistics(string Definition, ImmutableArray<string> Columns);

/// <summary>What a materialized view has that a view has not.</summary>
/// <param name="IsPopulated">Whether it has rows that can be read.</param>
/// <param name="AccessMethod">How its rows are stored.</param>
/// <param name="Tablespace">Where; null for the database's own.</param>
/// <param name="Indexes">The statements that made its indexes, ordinally sorted by the index's name.</param>
internal sealed record StoredView(
    bool IsPopulated,
    string AccessMethod,
    string? Tablespace,
    ImmutableArray<string> Indexes
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
