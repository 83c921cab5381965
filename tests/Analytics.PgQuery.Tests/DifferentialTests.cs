using System.Text;
using Analytics.PgQuery.Hosting;
using Analytics.PgQuery.Tests.Generation;
using Analytics.PgQuery.Tests.Oracle;

namespace Analytics.PgQuery.Tests;

/// <summary>
/// The translated parser against the module it was translated from: what it answers has to be the same to the byte, tree
/// or error, for good SQL and for bad.
/// </summary>
public sealed class DifferentialTests(OracleFixture oracle, ITestOutputHelper output) : IClassFixture<OracleFixture>
{
    private const int Seed = 20261123;
    private const int Generated = 2500;
    private const int Mutants = 2500;

    [Fact]
    public void Statements_written_by_hand_give_the_same_tree()
    {
        var statements = HandWrittenStatements.All;
        foreach (var sql in statements)
        {
            Assert.StartsWith("{", Compare(sql));
        }

        Assert.True(statements.Count >= 200, $"Only {statements.Count} statements.");
        output.WriteLine($"{statements.Count} statements");
    }

    [Fact]
    public void Generated_statements_give_the_same_tree_or_error()
    {
        var generator = new SqlGenerator(Seed);
        var trees = Enumerable.Range(0, Generated).Count(_ => IsTree(Compare(generator.Statement())));

        output.WriteLine($"{Generated} statements, {trees} of them valid");
        Assert.True(trees > Generated / 2, $"Only {trees} of {Generated} are valid: the generator tests little.");
    }

    [Fact]
    public void Damaged_statements_give_the_same_tree_or_error()
    {
        var generator = new SqlGenerator(Seed + 1);
        var errors = Enumerable.Range(0, Mutants).Count(_ => !IsTree(Compare(generator.Mutant())));

        output.WriteLine($"{Mutants} statements, {errors} of them wrong");
        Assert.True(errors > Mutants / 2, $"Only {errors} of {Mutants} are wrong: the damage is too small.");
    }

    [Fact]
    public void Tokens_fingerprints_and_normalized_texts_are_the_same()
    {
        var generator = new SqlGenerator(Seed + 2);
        foreach (var sql in HandWrittenStatements.All.Concat(Enumerable.Range(0, 500).Select(_ => generator.Mutant())))
        {
            var bytes = Encoding.UTF8.GetBytes(sql);
            var (scan, fingerprint, normal) = ParserPool.Shared.Run(parser =>
                (
                    Call(parser.Instance, bytes, parser.Instance.wasm_scan),
                    Call(parser.Instance, bytes, parser.Instance.wasm_fingerprint),
                    Call(parser.Instance, bytes, parser.Instance.wasm_normalize_query)
                )
            );
            Assert.Equal(oracle.Parser.Scan(bytes), scan);
            Assert.Equal(oracle.Parser.Fingerprint(bytes), fingerprint);
            Assert.Equal(oracle.Parser.Normalize(bytes), normal);
        }
    }

    [Fact]
    public void Everything_that_is_generated_can_be_read_as_a_tree()
    {
        var generator = new SqlGenerator(Seed + 3);
        foreach (
            var sql in HandWrittenStatements.All.Concat(Enumerable.Range(0, 500).Select(_ => generator.Statement()))
        )
        {
            var result = PgParser.Parse(sql);
            if (result.IsValid)
            {
                foreach (var statement in result.Tree.Statements)
                {
                    Assert.All(statement.Node.Descendants(), node => Assert.InRange(node.Location, -1, sql.Length));
                }
            }
        }
    }

    private static bool IsTree(string outcome) => outcome.StartsWith('{');

    private string Compare(string sql)
    {
        var bytes = Encoding.UTF8.GetBytes(sql);
        var expected = oracle.Parser.Parse(bytes);
        var actual = ParserPool.Shared.Run(parser => RawParse(parser.Instance, bytes));
        Assert.True(expected == actual, $"{sql}\nexpected {expected}\nactual   {actual}");
        return actual;
    }

    private static string RawParse(ParserInstance instance, byte[] sql)
    {
        var input = instance.AllocateText(sql);
        var result = instance.wasm_parse_query_raw(input);
        var error = instance.ReadInt(result + 8);
        var outcome =
            error == 0
                ? instance.ReadText(instance.ReadInt(result))
                : $"{instance.ReadText(instance.ReadInt(error))} at {instance.ReadInt(error + 16)}";
        instance.wasm_free_parse_result(result);
        instance.free(input);
        return outcome;
    }

    private static string Call(ParserInstance instance, byte[] sql, Func<int, int> function)
    {
        var input = instance.AllocateText(sql);
        var result = function(input);
        var text = instance.ReadText(result);
        instance.wasm_free_string(result);
        instance.free(input);
        return text;
    }
}
