using System.Text.RegularExpressions;
using Analytics.PgQuery.Reading;

namespace Analytics.PgQuery.Tests;

/// <summary>The reader's knowledge of the schema against the schema that the parser's package brings.</summary>
public sealed partial class MessageKindsTests
{
    // Kinds of later stages of PostgreSQL and of libpg_query's own summaries: a parse tree has none of them.
    private static readonly HashSet<string> NotParsed =
    [
        "Query",
        "RangeTblEntry",
        "SummaryResult",
        "ScanResult",
        "JsonExpr",
        "JsonConstructorExpr",
        "JsonTablePathScan",
        "TableFunc",
        "FromExpr",
        "OnConflictExpr",
        "FuncExpr",
        "Function",
        "Table",
        "FilterColumn",
        "ScanToken",
        "JsonTablePath",
        "WindowClause",
    ];

    [Fact]
    public void Fields_of_one_kind_are_known_with_their_kind()
    {
        var kinds = Schema();
        foreach (var (kind, fields) in kinds.Where(pair => !NotParsed.Contains(pair.Key)))
        {
            foreach (var (field, type) in fields)
            {
                var element = type.Replace("[]", "", StringComparison.Ordinal);
                if (kinds.ContainsKey(element) && !NotParsed.Contains(element))
                {
                    Assert.True(MessageKinds.Find(kind, field) == element, $"{kind}.{field} is a {element}");
                }
            }
        }
    }

    [Fact]
    public void Kinds_with_a_location_are_known()
    {
        foreach (var (kind, fields) in Schema().Where(pair => MessageKinds.HasLocation(pair.Key)))
        {
            Assert.True(fields.ContainsKey("location"), $"{kind} has no location");
        }

        var seen = HandWrittenStatements
            .All.SelectMany(sql => PgParser.Parse(sql).Tree!.Statements)
            .SelectMany(statement => statement.Node.Descendants().Append(statement.Node))
            .Select(node => node.Kind)
            .ToHashSet();
        foreach (var (kind, fields) in Schema().Where(pair => seen.Contains(pair.Key)))
        {
            Assert.True(fields.ContainsKey("location") == MessageKinds.HasLocation(kind), kind);
        }
    }

    [Fact]
    public void Statements_written_by_hand_have_no_node_of_unknown_kind()
    {
        foreach (var sql in HandWrittenStatements.All)
        {
            var unknown = PgParser
                .Parse(sql)
                .Tree!.Statements.SelectMany(statement => statement.Node.Descendants())
                .Where(node =>
                    node.Is("Null") && node.FieldOfParent is not ("distinctClause" or "objargs" or "args" or "items")
                );
            Assert.True(
                !unknown.Any(),
                $"{sql}: {string.Join(", ", unknown.Select(n => n.Parent.Kind + "." + n.FieldOfParent))}"
            );
        }
    }

    private static Dictionary<string, Dictionary<string, string>> Schema() =>
        Interface()
            .Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Oracle", "types.d.ts")))
            .ToDictionary(
                match => match.Groups["name"].Value,
                match =>
                    Field()
                        .Matches(match.Groups["fields"].Value)
                        .ToDictionary(field => field.Groups["name"].Value, field => field.Groups["type"].Value)
            );

    [GeneratedRegex(@"export interface (?<name>\w+) \{(?<fields>[^}]*)\}")]
    private static partial Regex Interface();

    [GeneratedRegex(@"(?<name>\w+)\?: (?<type>[^;]+);")]
    private static partial Regex Field();
}
