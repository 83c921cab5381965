using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>
/// The adapter's methods that ask the database. Where none answers (<c>execute</c> is false) they give what dbt gives while
/// it parses: none, an empty list or an empty table.
/// </summary>
internal static class AdapterQueries
{
    public static IReadOnlyDictionary<string, Func<RenderSession, CallArguments, object?>> Methods { get; } =
        new Dictionary<string, Func<RenderSession, CallArguments, object?>>(StringComparer.Ordinal)
        {
            ["execute"] = Execute,
            ["add_query"] = AddQuery,
            ["get_relation"] = GetRelation,
            ["load_relation"] = (session, args) => session.Execute ? Load(session, args) : null,
            ["list_relations"] = (session, args) =>
                Relations(session, args, args.RequireText(1, "schema", "adapter.list_relations")),
            ["list_relations_without_caching"] = (session, args) =>
                Relations(
                    session,
                    args,
                    args.RequireRelation(0, "schema_relation", "adapter.list_relations_without_caching").Schema
                ),
            ["get_columns_in_relation"] = (session, args) => new PyList(Columns(session, args, 0, "relation")),
            ["get_missing_columns"] = MissingColumns,
            ["get_column_schema_from_query"] = QueryColumns,
            ["check_schema_exists"] = SchemaExists,
        };

    /// <summary>The columns of a relation that is passed; none where no database answers.</summary>
    public static IEnumerable<ColumnValue> Columns(RenderSession session, CallArguments args, int index, string name)
    {
        if (
            !session.Execute
            || args.Optional(index, name) is not RelationValue named
            || session.Place(named) is not { Schema: { } schema, Identifier: { } identifier }
        )
        {
            return [];
        }

        return session
            .Ask(args, warehouse => warehouse.Columns(schema, identifier))
            .Select(column => ColumnValue.Of(column.Name, column.Type));
    }

    private static PyTuple Execute(RenderSession session, CallArguments args)
    {
        var sql = args.RequireShown(0, "sql", "adapter.execute");
        if (!session.Execute)
        {
            return new PyTuple([string.Empty, TableValue.Empty]);
        }

        if (args.Optional(3, "limit") is long limit)
        {
            sql = $"select * from (\n{sql}\n) as dbt_limited limit {limit}";
        }

        var rows = session.Ask(args, warehouse => warehouse.Query(sql));
        var fetch = args.Flag(2, "fetch", fallback: false);
        return new PyTuple([ResponseValue.Of(rows), fetch ? new TableValue(rows, session.Say) : TableValue.Empty]);
    }

    // dbt gives a connection and a cursor, which nothing outside of Python can use.
    private static PyTuple AddQuery(RenderSession session, CallArguments args)
    {
        var sql = args.RequireShown(0, "sql", "adapter.add_query");
        if (session.Execute)
        {
            session.Ask(args, warehouse => warehouse.Query(sql));
        }

        return new PyTuple([null, null]);
    }

    private static RelationValue? GetRelation(RenderSession session, CallArguments args)
    {
        var named = new RelationValue(
            args.OptionalText(0, "database", "adapter.get_relation") ?? session.Project.Options.Target.Database,
            args.OptionalText(1, "schema", "adapter.get_relation"),
            args.OptionalText(2, "identifier", "adapter.get_relation"),
            null
        );
        return session.Execute ? Find(session, args, named) : null;
    }

    private static RelationValue? Load(RenderSession session, CallArguments args) =>
        args.Optional(0, "relation") is RelationValue named ? Find(session, args, named) : null;

    private static RelationValue? Find(RenderSession session, CallArguments args, RelationValue named) =>
        session.Place(named) is { Schema: { } schema, Identifier: { } identifier } placed
        && session.Ask(args, warehouse => warehouse.RelationKind(schema, identifier)) is { } kind
            ? placed with
            {
                RelationType = kind,
            }
            : null;

    private static PyList Relations(RenderSession session, CallArguments args, string? schema)
    {
        if (!session.Execute || schema is null)
        {
            return [];
        }

        var rows = session.Ask(args, warehouse => warehouse.Query(CatalogSql.RelationsOf(schema)));
        return new PyList(
            rows.Rows.Select(row =>
                (object?)
                    new RelationValue(session.Project.Options.Target.Database, schema, (string)row[0]!, (string)row[1]!)
            )
        );
    }

    private static PyList MissingColumns(RenderSession session, CallArguments args)
    {
        var known = Columns(session, args, 1, "to_relation")
            .Select(column => column.Name)
            .ToHashSet(StringComparer.Ordinal);
        return new PyList(Columns(session, args, 0, "from_relation").Where(column => !known.Contains(column.Name)));
    }

    private static PyList QueryColumns(RenderSession session, CallArguments args)
    {
        var sql = args.RequireShown(0, "sql", "adapter.get_column_schema_from_query");
        return session.Execute
            ? new PyList(
                session
                    .Ask(args, warehouse => warehouse.Query(sql))
                    .Columns.Select(column => (object?)ColumnValue.Of(column.Name, column.Type))
            )
            : [];
    }

    private static object SchemaExists(RenderSession session, CallArguments args)
    {
        var schema = args.RequireText(1, "schema", "adapter.check_schema_exists");
        return session.Execute
            && !session.Ask(args, warehouse => warehouse.Query(CatalogSql.Schema(schema))).Rows.IsEmpty;
    }
}
