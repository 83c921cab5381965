using System.Collections.Immutable;

namespace Analytics.Compiler.Resolving.Contracts;

/// <summary>Constraints as the SQL of a <c>create table</c>, letter for letter as dbt writes them.</summary>
public static class ConstraintSql
{
    /// <summary>The words of YAML, in the order of messages.</summary>
    public static ImmutableArray<string> Words { get; } =
    ["check", "not_null", "unique", "primary_key", "foreign_key", "custom"];

    /// <summary>The kind that a word of YAML means; null for another word.</summary>
    public static ConstraintKind? KindOf(string? word) =>
        word is not null && Words.IndexOf(word, StringComparer.Ordinal) is >= 0 and var index
            ? (ConstraintKind)index
            : null;

    /// <summary>What follows the type in the definition of a column; empty for what says nothing.</summary>
    public static string OfColumn(ConstraintDefinition constraint) =>
        Trimmed(
            constraint.Kind switch
            {
                _ when SaysNothing(constraint) => string.Empty,
                ConstraintKind.Check => $"check ({constraint.Expression})",
                ConstraintKind.NotNull => $"not null {constraint.Expression}",
                ConstraintKind.Unique => $"unique {constraint.Expression}",
                ConstraintKind.PrimaryKey => $"primary key {constraint.Expression}",
                ConstraintKind.ForeignKey => References(constraint),
                _ => constraint.Expression,
            }
        );

    /// <summary>A constraint of the table, with its name; empty for what says nothing there.</summary>
    public static string OfTable(ConstraintDefinition constraint)
    {
        if (SaysNothing(constraint) || constraint.Kind == ConstraintKind.NotNull)
        {
            return string.Empty;
        }

        var columns = $"({string.Join(", ", constraint.Columns)})";
        var text = constraint.Kind switch
        {
            ConstraintKind.Check => $"check ({constraint.Expression})",
            ConstraintKind.Unique => $"unique {columns} {constraint.Expression}",
            ConstraintKind.PrimaryKey => $"primary key {columns} {constraint.Expression}",
            ConstraintKind.ForeignKey => $"foreign key {columns} {References(constraint)}",
            _ => constraint.Expression,
        };
        return Trimmed(constraint.Name is null ? text : $"constraint {constraint.Name} {text}");
    }

    /// <summary>Whether a constraint lacks what would make one of it; dbt passes over it.</summary>
    public static bool SaysNothing(ConstraintDefinition constraint) =>
        constraint.Kind is ConstraintKind.Check or ConstraintKind.ForeignKey or ConstraintKind.Custom
        && constraint.Expression.Length == 0
        && (constraint.Kind != ConstraintKind.ForeignKey || constraint.To is null || constraint.ToColumns.IsEmpty);

    private static string References(ConstraintDefinition constraint) =>
        constraint is { To: { } to, ToColumns.IsEmpty: false }
            ? $"references {to} ({string.Join(", ", constraint.ToColumns)}) {constraint.Expression}"
            : $"references {constraint.Expression}";

    private static string Trimmed(string text) => text.TrimEnd();
}
