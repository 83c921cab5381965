using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Contracts;

/// <summary>What a model promises of its columns (<c>contract: {enforced: true}</c>).</summary>
/// <param name="Columns">All its columns, in the order that the table has them.</param>
/// <param name="Constraints">Constraints of the table; a view has none.</param>
public sealed record Contract(ImmutableArray<ContractColumn> Columns, ImmutableArray<ConstraintDefinition> Constraints);

/// <summary>A column of a contract.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="DataType">A type that PostgreSQL knows.</param>
/// <param name="Quote">Whether SQL must quote the name; else the server folds it.</param>
/// <param name="Constraints">Constraints of the column.</param>
public sealed record ContractColumn(
    string Name,
    SourceSpan Span,
    string DataType,
    bool Quote,
    ImmutableArray<ConstraintDefinition> Constraints
)
{
    /// <summary>The name as it stands in SQL.</summary>
    public string ToSql() => Quote ? RelationName.Quote(Name) : Name;
}

/// <summary>A constraint, as YAML has it; its texts are verbatim SQL and may hold templates.</summary>
/// <param name="Kind">What it demands.</param>
/// <param name="Name">Its name; null where the server shall choose one.</param>
/// <param name="Expression">The condition of a check, the whole of a custom one, or what follows the others; empty when absent.</param>
/// <param name="To">What a foreign key leads to, for example <c>ref('x')</c>; null when its expression says that.</param>
/// <param name="ToColumns">The columns there.</param>
/// <param name="Columns">The columns of a constraint of the table.</param>
/// <param name="Span">Where the constraint stands.</param>
public sealed record ConstraintDefinition(
    ConstraintKind Kind,
    string? Name,
    string Expression,
    string? To,
    ImmutableArray<string> ToColumns,
    ImmutableArray<string> Columns,
    SourceSpan Span
);

/// <summary>What a constraint demands.</summary>
public enum ConstraintKind
{
    /// <summary>A condition.</summary>
    Check,

    /// <summary>No NULL.</summary>
    NotNull,

    /// <summary>No value twice.</summary>
    Unique,

    /// <summary>No NULL and no value twice.</summary>
    PrimaryKey,

    /// <summary>Only values that another table has.</summary>
    ForeignKey,

    /// <summary>What its expression says.</summary>
    Custom,
}
