using Analytics.Compiler.Resolving;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>
/// The adapter's methods that change the database. They work where templates may write, in hooks; while a relation is built
/// they are refused by name: a change outside of the cut-over would stay when the publish fails.
/// </summary>
internal static class AdapterChanges
{
    public static IReadOnlyDictionary<string, Func<RenderSession, CallArguments, object?>> Methods { get; } =
        new Dictionary<string, Func<RenderSession, CallArguments, object?>>(StringComparer.Ordinal)
        {
            ["drop_relation"] = (session, args) =>
                Change(
                    session,
                    args,
                    "drop_relation",
                    () => Drop(args.RequireRelation(0, "relation", "drop_relation"))
                ),
            ["rename_relation"] = (session, args) => Change(session, args, "rename_relation", () => Rename(args)),
            ["truncate_relation"] = (session, args) =>
                Change(
                    session,
                    args,
                    "truncate_relation",
                    () => $"truncate table {args.RequireRelation(0, "relation", "truncate_relation").AsText()}"
                ),
            ["create_schema"] = (session, args) =>
                Change(session, args, "create_schema", () => $"create schema if not exists {Schema(args)}"),
            ["drop_schema"] = (session, args) =>
                Change(session, args, "drop_schema", () => $"drop schema if exists {Schema(args)} cascade"),
            ["expand_target_column_types"] = Expand,
        };

    private static object? Change(RenderSession session, CallArguments args, string method, Func<string> statement)
    {
        if (session.Execute)
        {
            RequireWrite(session, args, method);
            session.Ask(args, warehouse => warehouse.Query(statement()));
        }

        return null;
    }

    private static void RequireWrite(RenderSession session, CallArguments args, string method)
    {
        if (!session.Warehouse.CanWrite)
        {
            throw args.Fail(
                $"adapter.{method}() would change the database while a relation is built, and the change would stay if the publish fails; do it in a hook"
            );
        }
    }

    private static string Drop(RelationValue relation) =>
        $"drop {relation.RelationType?.Replace('_', ' ') ?? "table"} if exists {relation.Render()} cascade";

    private static string Rename(CallArguments args)
    {
        var from = args.RequireRelation(0, "from_relation", "rename_relation");
        var to = args.RequireRelation(1, "to_relation", "rename_relation");
        return $"alter table {from.Render()} rename to {RelationName.Quote(to.Identifier ?? string.Empty)}";
    }

    private static string Schema(CallArguments args) =>
        args.RequireRelation(0, "relation", "create_schema").Schema is { } schema
            ? RelationName.Quote(schema)
            : throw args.Fail("the relation has no schema");

    // Text columns of the second relation grow to the size of the first one's.
    private static object? Expand(RenderSession session, CallArguments args)
    {
        if (!session.Execute)
        {
            return null;
        }

        var target = args.RequireRelation(1, "to_relation", "expand_target_column_types");
        var current = AdapterQueries
            .Columns(session, args, 1, "to_relation")
            .ToDictionary(column => column.Name, StringComparer.Ordinal);
        foreach (var column in AdapterQueries.Columns(session, args, 0, "from_relation").ToList())
        {
            if (current.TryGetValue(column.Name, out var narrow) && narrow.CanExpandTo(column))
            {
                RequireWrite(session, args, "expand_target_column_types");
                var statement =
                    $"alter table {target.Render()} alter column {RelationName.Quote(column.Name)} type {column.DataType}";
                session.Ask(args, warehouse => warehouse.Query(statement));
            }
        }

        return null;
    }
}
