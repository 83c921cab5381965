using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Contracts;

/// <summary>What a model promises of its columns (<c>contract: {enforced: true}</c>).</summary>
/// <param name="Columns">All its columns, in the order that the table has them.</param>
/// <param name="Constraints">Constraints of the table; a view has none.</param>
public sealed record Contract(ImmutableArray<ContractColumn> Columns, ImmutableArray<ConstraintDefinition> Constraints)
{
    /// <summary>
    /// A hash of all that is promised, lower-case hex: whoever compares two manifests sees by it that a contract changed. The order of the
    /// columns makes no difference. It is not the one that dbt computes, which hashes how Python prints its own classes.
    /// </summary>
    public string Checksum
    {
        get
        {
            var lines = Columns
                .OrderBy(column => column.Name, StringComparer.Ordinal)
                .SelectMany(column =>
                    column.Constraints.Select(Line).Prepend($"{column.Quote} {column.Name} {column.DataType}")
                )
                .Concat(Constraints.Select(Line));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

            static string Line(ConstraintDefinition constraint) =>
                string.Join(
                    '|',
                    ConstraintSql.Words[(int)constraint.Kind],
                    constraint.Name,
                    constraint.Expression,
                    constraint.To,
                    string.Join(',', constraint.ToColumns),
                    string.Join(',', constraint.Columns)
                );
        }
    }
}

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
)
{
    /// <summary>Whether a warning says so where it cannot be made (<c>warn_unsupported</c>).</summary>
    public bool IsToldUnsupported { get; init; } = true;
}

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
