using Analytics.Compiler.Resolving;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>The questions that the context itself puts to PostgreSQL's catalog.</summary>
internal static class CatalogSql
{
    /// <summary>One row when there is the schema.</summary>
    public static string Schema(string schema) =>
        $"select 1 from pg_catalog.pg_namespace where nspname = {SqlQuote.Literal(schema)}";

    /// <summary>Name and kind, in dbt's words, of the tables and views of a schema, by name.</summary>
    public static string RelationsOf(string schema) =>
        $"""
            select c.relname::text, case c.relkind when 'v' then 'view' when 'm' then 'materialized_view' else 'table' end
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = {SqlQuote.Literal(schema)} and c.relkind in ('r', 'p', 'f', 'v', 'm')
            order by c.relname::text collate "C"
            """;
}
