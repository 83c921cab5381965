namespace Analytics.Deployment.Planning.Catalog;

/// <summary>What <c>pg_class.relkind</c> says.</summary>
internal enum RelationKind
{
    /// <summary>An ordinary or partitioned table.</summary>
    Table,

    /// <summary>A view.</summary>
    View,

    /// <summary>A materialized view.</summary>
    MaterializedView,

    /// <summary>A foreign table.</summary>
    ForeignTable,

    /// <summary>A sequence, a composite type or an index: something whose name is taken.</summary>
    Other,
}

/// <summary>Words for a kind.</summary>
internal static class RelationKindWords
{
    /// <summary>Reads the letter of <c>pg_class.relkind</c>.</summary>
    public static RelationKind FromLetter(char letter) =>
        letter switch
        {
            'r' or 'p' => RelationKind.Table,
            'v' => RelationKind.View,
            'm' => RelationKind.MaterializedView,
            'f' => RelationKind.ForeignTable,
            _ => RelationKind.Other,
        };

    /// <summary>For people: <c>a view</c>.</summary>
    public static string WithArticle(this RelationKind kind) =>
        kind switch
        {
            RelationKind.Table => "a table",
            RelationKind.View => "a view",
            RelationKind.MaterializedView => "a materialized view",
            RelationKind.ForeignTable => "a foreign table",
            _ => "something that is no relation",
        };

    /// <summary>What templates call it (dbt's words); null for what they do not know.</summary>
    public static string? TemplateName(this RelationKind kind) =>
        kind switch
        {
            RelationKind.Table => "table",
            RelationKind.View => "view",
            RelationKind.MaterializedView => "materialized_view",
            RelationKind.ForeignTable => "foreign_table",
            _ => null,
        };

    /// <summary>What SQL calls it: <c>MATERIALIZED VIEW</c>.</summary>
    public static string Sql(this RelationKind kind) =>
        kind switch
        {
            RelationKind.View => "view",
            RelationKind.MaterializedView => "materialized view",
            RelationKind.ForeignTable => "foreign table",
            _ => "table",
        };
}
