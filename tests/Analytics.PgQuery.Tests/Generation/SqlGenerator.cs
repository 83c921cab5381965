using System.Globalization;
using System.Text;

namespace Analytics.PgQuery.Tests.Generation;

/// <summary>Writes statements at random that are valid SQL for the most part. The same seed gives the same statements.</summary>
internal sealed class SqlGenerator(int seed)
{
    private static readonly string[] Names =
    [
        "a",
        "b",
        "customers",
        "order_id",
        "\"Mixed Case\"",
        "\"quo\"\"te\"",
        "größe",
        "名前",
        "\"𝄞\"",
        "amount",
        "u&\"d\\0061t\"",
    ];

    private static readonly string[] Types =
    [
        "int",
        "text",
        "numeric(10, 2)",
        "timestamptz",
        "double precision",
        "varchar(20)[]",
        "interval day to second",
        "json",
        "bit varying(3)",
        "time without time zone",
        "myschema.mytype",
        "setof int",
        "int[3][]",
    ];

    private static readonly string[] Operators =
    [
        "+",
        "-",
        "*",
        "/",
        "%",
        "^",
        "=",
        "<>",
        "!=",
        "<",
        ">=",
        "||",
        "->",
        "->>",
        "@>",
        "&&",
        "~*",
        "and",
        "or",
        "is distinct from",
        "like",
        "not ilike",
        "similar to",
        "operator(pg_catalog.+)",
        "collate \"C\" ||",
    ];

    private static readonly string[] Literals =
    [
        "0",
        "1",
        "-1",
        "2147483648",
        "1.5e10",
        ".5",
        "0x1f",
        "1_000",
        "'text'",
        "'it''s'",
        "e'tab\\t\\u00e9'",
        "$$dollar$$",
        "$t$a $$ b$t$",
        "b'101'",
        "x'1F'",
        "null",
        "true",
        "'é𝄞\u0001'",
        "interval '1' day",
        "date '2024-01-01'",
        "$1",
        "u&'\\0441'",
        "current_date",
        "n'nchar'",
    ];

    private readonly Random random = new(seed);
    private int depth;

    public string Statement()
    {
        depth = 0;
        return random.Next(16) switch
        {
            0 =>
                $"insert into {Name()} ({Name()}, {Name()}) {Query()} on conflict ({Name()}) do update set {Name()} = {Expression()}",
            1 =>
                $"update {Name()} as t set {Name()} = {Expression()}, ({Name()}, {Name()}) = ({Query()}) from {From()} where {Expression()} returning *",
            2 => $"delete from only {Name()} using {From()} where {Expression()} returning {Expression()} as x",
            3 => $"create table if not exists {Name()}.{Name()} ({Columns()}) partition by range ({Name()})",
            4 => $"create or replace view {Name()} as {Query()}",
            5 =>
                $"merge into {Name()} t using ({Query()}) s on {Expression()} when matched and {Expression()} then update set {Name()} = {Expression()} when not matched by source then delete when not matched then insert values ({Expression()})",
            6 => $"with recursive {Name()} as materialized ({Query()}), x({Name()}) as ({Query()}) {Query()}",
            7 =>
                $"create index concurrently on {Name()} using gin ({Expression(parenthesised: true)} desc nulls last) include ({Name()}) where {Expression()}",
            8 =>
                $"alter table {Name()} add column {Name()} {Type()} default {Expression(parenthesised: true)} not null, drop column if exists {Name()} cascade, alter {Name()} type {Type()} using {Expression()}",
            _ => Query() + (random.Next(4) == 0 ? ";" + Query() : ""),
        };
    }

    /// <summary>A statement with a few characters or tokens changed, dropped, doubled or swapped.</summary>
    public string Mutant()
    {
        var sql = new StringBuilder(Statement());
        for (var changes = random.Next(1, 4); changes > 0 && sql.Length > 4; changes--)
        {
            var at = random.Next(sql.Length - 3);
            switch (random.Next(6))
            {
                case 0:
                    sql.Remove(at, random.Next(1, 4));
                    break;
                case 1:
                    sql.Insert(
                        at,
                        Pick(["'", "\"", "(", ")", ",", "--", "/*", "$$", ";", "from", " ", "\\", "é", "\t"])
                    );
                    break;
                case 2:
                    sql.Length = at;
                    break;
                case 3:
                    sql.Insert(at, sql.ToString(at, Math.Min(9, sql.Length - at)));
                    break;
                case 4:
                    sql[at] = (char)random.Next(1, 127);
                    break;
                default:
                    (sql[at], sql[at + 1]) = (sql[at + 1], sql[at]);
                    break;
            }
        }

        return WithoutHalves(sql.ToString());
    }

    // A change may cut a pair of surrogates in two, which is another test's matter.
    private static string WithoutHalves(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\0", "", StringComparison.Ordinal);

    private string Query()
    {
        if (++depth > 3)
        {
            return $"values ({Pick(Literals)}, {Pick(Literals)})";
        }

        var sql = new StringBuilder("select ");
        sql.Append(Pick(["", "distinct ", $"distinct on ({Name()}) ", "all "]));
        sql.AppendJoin(", ", Many(() => Expression() + Pick(["", " as " + Name(), " label", " as \"select\""])));
        sql.Append(Pick(["", " -- comment\n", " /* comment */ "]));
        sql.Append(CultureInfo.InvariantCulture, $" from {From()}");
        Maybe(sql, () => $" where {Expression()}");
        Maybe(sql, () => $" group by {Pick(["", "distinct "])}rollup ({Name()}), grouping sets (({Name()}), ())");
        Maybe(sql, () => $" having {Expression()}");
        Maybe(
            sql,
            () =>
                $" window w as (partition by {Name()} order by {Name()} range between unbounded preceding and current row exclude ties)"
        );
        Maybe(sql, () => $" {Pick(["union", "union all", "intersect", "except all"])} {Query()}");
        Maybe(sql, () => $" order by {Name()} desc nulls last, 2 using >");
        Maybe(sql, () => $" limit {Pick(Literals)} offset 3");
        Maybe(sql, () => " for no key update of a skip locked");
        depth--;
        return sql.ToString();
    }

    private string From()
    {
        var source = random.Next(7) switch
        {
            0 => $"({Query()}) as {Name()} ({Name()}, {Name()})",
            1 => $"lateral {Name()}({Expression()}) with ordinality as f(x, n)",
            2 => $"{Name()}.{Name()} tablesample bernoulli (10) repeatable (1)",
            3 =>
                $"json_table({Expression()}, '$.a[*]' columns (id for ordinality, x int path '$.x' default 0 on empty))",
            4 => $"rows from ({Name()}(1), {Name()}(2) as (x int, y text)) r",
            _ => $"{Name()} {Pick(["", "x", "as y"])}",
        };
        return random.Next(3) == 0 && depth < 3
            ? $"{source} {Pick(["join", "left outer join", "full join"])} {Name()} {Pick(["using (a, b)", "on " + Name() + " = 1", "using (a) as u"])}"
            : source;
    }

    private string Expression(bool parenthesised = false)
    {
        if (++depth > 6)
        {
            depth--;
            return Pick(Literals);
        }

        var text = random.Next(18) switch
        {
            0 or 1 or 2 => Pick(Literals),
            3 or 4 or 5 => Pick([Name(), $"{Name()}.{Name()}", "t.*", $"({Name()}).{Name()}[1:2]"]),
            6 or 7 => $"{Expression()} {Pick(Operators)} {Expression()}",
            8 => $"case {Pick(["", Expression()])} when {Expression()} then {Expression()} else {Expression()} end",
            9 => $"cast({Expression()} as {Type()})",
            10 => $"({Expression()})::{Type()}",
            11 =>
                $"{Name()}({Pick(["", "distinct ", "variadic "])}{Expression()}) filter (where {Expression()}) over (w rows 1 preceding)",
            12 => $"percentile_cont(0.5) within group (order by {Expression()})",
            13 => $"(({Expression()}) {Pick(["in", "not in"])} ({Expression()}, {Expression()}))",
            14 => depth < 4 ? $"{Pick(["exists", "array", "1 = any", ""])} ({Query()})" : "(array[1, 2])[1]",
            15 => $"({Expression()} between symmetric {Pick(Literals)} and {Pick(Literals)})",
            16 =>
                $"coalesce({Expression()}, nullif({Expression()}, {Expression()}), extract(year from {Name()}), row({Expression()}))",
            _ => $"(not {Expression()}) is {Pick(["null", "not true", "unknown", "json object", "nfc normalized"])}",
        };
        depth--;
        return parenthesised ? $"({text})" : text;
    }

    private string Columns() =>
        string.Join(
            ", ",
            Many(() =>
                $"{Name()} {Type()} {Pick(["", "primary key", "not null unique", "generated always as identity", "references x (y) on delete set null", $"check ({Expression()})", $"default {Pick(Literals)}"])}"
            )
        );

    private string Name() => Pick(Names);

    private string Type() => Pick(Types);

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];

    private List<string> Many(Func<string> make) => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => make())];

    private void Maybe(StringBuilder sql, Func<string> part)
    {
        if (random.Next(4) == 0)
        {
            sql.Append(part());
        }
    }
}
