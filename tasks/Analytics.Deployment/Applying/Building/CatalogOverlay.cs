using System.Text.RegularExpressions;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Applying.Building;

/// <summary>
/// What templates see of the information schema while a node is built: what the node depends on is listed under its final schema, as
/// it will be, also where it is built beside that schema still.
/// </summary>
/// <param name="context">Knows where nodes are built.</param>
/// <param name="node">The node whose template asks.</param>
internal sealed partial class CatalogOverlay(RunContext context, GraphNode node)
{
    private readonly Lazy<IReadOnlyList<(RelationName Building, RelationName Final)>> moved = new(() =>
        Moved(context, node)
    );

    /// <summary>A query on the overlay instead of the information schema.</summary>
    /// <param name="sql">The template's query.</param>
    /// <param name="execute">Runs a statement that makes a view of the session.</param>
    /// <returns>The query as it is where it does not ask, or the node depends on nothing that is being built.</returns>
    public string Apply(string sql, Action<string> execute)
    {
        var names = Name().Matches(sql).Select(match => match.Groups["view"].Value.ToLowerInvariant()).ToHashSet();
        if (names.Count == 0 || moved.Value.Count == 0)
        {
            return sql;
        }

        foreach (var name in names)
        {
            execute(View(name));
        }

        var asked = Name().Replace(sql, match => ViewName(match.Groups["view"].Value.ToLowerInvariant()));
        return Text().Replace(asked, match => Final(match.Value));
    }

    // Rows of another name, or of this one in a schema where nothing of the name is being built, stay as they are.
    private string View(string name) =>
        $"""
            create or replace temporary view {ViewName(name)} as
            with here as (
                select moved.*
                from (values {Rows()}) as moved (building, final, name)
                join pg_catalog.pg_namespace n on n.nspname = moved.building
                join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = moved.name
            )
            select t.* from information_schema.{name} t
            where not exists (
                select from here
                where here.name = t.table_name::text and t.table_schema::text in (here.building, here.final)
            )
            and t.table_schema::text is distinct from pg_catalog.pg_my_temp_schema()::pg_catalog.regnamespace::text
            union all
            select r.* from information_schema.{name} t
            join here on here.building = t.table_schema::text and here.name = t.table_name::text
            cross join lateral pg_catalog.jsonb_populate_record(
                t, pg_catalog.jsonb_build_object('table_schema', here.final)
            ) r
            """;

    private string Rows() =>
        string.Join(
            ", ",
            moved.Value.Select(pair =>
                $"({SqlText.Literal(pair.Building.Schema)}, {SqlText.Literal(pair.Final.Schema)}, {SqlText.Literal(pair.Final.Identifier)})"
            )
        );

    private static string ViewName(string name) => $"pg_temp.\"information_schema.{name}\"";

    // A name out of ref() is the one where the relation is being built.
    private string Final(string text) =>
        moved.Value.Aggregate(
            text,
            (result, pair) =>
                result.Replace(pair.Building.Schema, pair.Final.Schema, StringComparison.OrdinalIgnoreCase)
        );

    private static List<(RelationName Building, RelationName Final)> Moved(RunContext context, GraphNode node) =>
        [
            .. context
                .Project.Graph.Upstream(node)
                .Order(StringComparer.Ordinal)
                .Select(id => context.Project.Graph[id])
                .OfType<RelationNode>()
                .Select(parent => (Building: context.Staged.Of(parent), Final: parent.Relation))
                .Where(pair => pair.Building != pair.Final),
        ];

    [GeneratedRegex("'(?:[^']|'')*'", RegexOptions.CultureInvariant)]
    private static partial Regex Text();

    [GeneratedRegex(
        """(?<![\w$"'])(?:(?:"[^"]+"|[A-Za-z_][\w$]*)\s*\.\s*)?"?information_schema"?\s*\.\s*"?(?<view>tables|columns|views)"?(?![\w$])""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Name();
}
