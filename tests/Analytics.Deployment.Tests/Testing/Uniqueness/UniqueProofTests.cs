using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Testing.Uniqueness;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Testing.Uniqueness;

public sealed class UniqueProofTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("create unique index on t (a)", "a", "a", true)]
    [InlineData("create unique index on t (a)", "a b", "a", true)]
    [InlineData("create unique index on t (a) include (b)", "a", "a", true)]
    [InlineData("create unique index on t (a, b)", "a b", "a b", true)]
    [InlineData("alter table t add primary key (a, b)", "a b", "", true)]
    [InlineData("alter table t alter a set not null; create unique index on t (a)", "a", "", true)]
    [InlineData("", "a", "a", false)]
    [InlineData("create index on t (a)", "a", "a", false)]
    [InlineData("create unique index on t (a)", "a", "", false)]
    [InlineData("create unique index on t (a, b)", "a", "a", false)]
    [InlineData("create unique index on t (a) where b > 0", "a", "a", false)]
    [InlineData("create unique index on t ((a + 1))", "a", "a", false)]
    [InlineData("alter table t add unique (a) deferrable initially deferred", "a", "a", false)]
    [InlineData("create unique index on t (a)", "a nope", "a", false)]
    [InlineData("create unique index on t (word collate \"C\")", "word", "word", false)]
    [InlineData("create table u () inherits (t); create unique index on t (a)", "a", "a", false)]
    public async Task A_unique_index_of_no_other_columns_proves_it(
        string sql,
        string columns,
        string filled,
        bool holds
    )
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Token);
        await database.ExecuteAsync(
            $"create schema s; set search_path = s; create table t (a int, b int, word text); {sql}",
            Token
        );

        Assert.Equal(holds, await HoldsAsync(database, new UniqueTest("\"s\".\"t\"", Set(columns), Set(filled))));
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_proven()
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Token);
        await database.ExecuteAsync(
            "create schema s; create table s.t (a int primary key); revoke all on s.t from current_user",
            Token
        );

        Assert.False(await HoldsAsync(database, new UniqueTest("\"s\".\"t\"", Set("a"), Set("a"))));
        Assert.False(await HoldsAsync(database, new UniqueTest("\"s\".\"none\"", Set("a"), Set("a"))));
    }

    [Theory]
    [InlineData("unique_key='a'", "(3, 3, 'x'), (4, 4, 'x')", "a", "a", true)]
    [InlineData("unique_key='A'", "(1, 3, 'x')", "a b", "a", true)]
    [InlineData("unique_key='a', incremental_strategy='merge'", "(1, 3, 'x')", "a", "a", true)]
    [InlineData("unique_key='a'", "(null, 3, 'x'), (null, 3, 'x')", "a", "a", true)]
    [InlineData("unique_key='a'", "(3, 3, 'x'), (3, 4, 'x')", "a", "a", false)]
    [InlineData("unique_key='a'", "(3, 3, 'x')", "a", "", false)]
    [InlineData("unique_key='b'", "(3, 3, 'x')", "a", "a", false)]
    [InlineData("unique_key='a + 0'", "(3, 3, 'x')", "a", "a", false)]
    [InlineData("unique_key='a', incremental_predicates=['b > 0']", "(3, 3, 'x')", "a", "a", false)]
    [InlineData("incremental_strategy='append'", "(3, 3, 'x')", "a", "a", false)]
    public async Task New_rows_of_an_incremental_model_are_counted_by_themselves(
        string config,
        string rows,
        string columns,
        string filled,
        bool holds
    )
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Token);
        await database.ExecuteAsync(
            $"""
            create schema s; set search_path = s;
            create table live (a int unique, b int, word text);
            insert into live values (1, 1, 'x'), (2, 2, 'x');
            create table delta as select * from (values (null::int, null::int, null::text), {rows}) v (a, b, word) offset 1;
            create view staged as select a, b, word from live
            """,
            Token
        );

        Assert.Equal(
            holds,
            await HoldsAsync(
                database,
                new UniqueTest(Name(database, "staged").ToSql(), Set(columns), Set(filled)),
                Delta(database, config)
            )
        );
    }

    [Theory]
    [InlineData("a int, b int, word text", "a::bigint as a", false)]
    [InlineData("a int, b int, word text", "a", true)]
    [InlineData("b int", "b as a", false)]
    public async Task The_old_rows_have_an_index_and_keep_their_types(string live, string staged, bool holds)
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Token);
        await database.ExecuteAsync(
            $"""
            create schema s; set search_path = s;
            create table live ({live}); create unique index on live ({live.Split(' ')[0]});
            create table delta (a int, b int, word text);
            create view staged as select {staged} from live
            """,
            Token
        );

        var test = new UniqueTest(Name(database, "staged").ToSql(), Set("a"), Set("a"));
        Assert.Equal(holds, await HoldsAsync(database, test, Delta(database, "unique_key='a'")));
    }

    [Fact]
    public async Task A_test_that_an_index_has_the_answer_to_reads_no_row()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "models/s.yml",
                "sources: [{name: public, tables: [{name: t, columns: [{name: a, data_tests: [unique, unique: {name: more, config: {fail_calc: 'max(n_records)'}}]}]}]}]"
            ),
            ("models/m.sql", "select 1 as one")
        );
        await shop.ExecuteAsync(
            "create table public.t (a int unique); insert into public.t values (1), (null), (null)"
        );
        await using var other = new NpgsqlConnection(shop.Database.ConnectionString);
        await other.OpenAsync(Token);
        await using var transaction = await other.BeginTransactionAsync(Token);
        await using var locks = new NpgsqlCommand("lock table public.t in access exclusive mode", other, transaction);
        await locks.ExecuteNonQueryAsync(Token);

        await shop.PublishAsync("unique_public_t_a source_unique_public_t_a");

        Assert.Equal(
            ["Pass 0"],
            shop.Observer.Results.Select(result => FormattableString.Invariant($"{result.Status} {result.Failures}"))
        );
    }

    [Theory]
    [InlineData("id, part", "Pass 0")]
    [InlineData("id + 1 - 1 as id, part", "Pass 0")]
    [InlineData("id % 6 as id, part", "Fail 6")]
    public async Task An_incremental_model_is_judged_as_its_rows_are(string columns, string expected)
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/m.sql", Model("id, part")),
            ("models/m.yml", "models: [{name: m, columns: [{name: id, data_tests: [unique]}]}]")
        );
        await shop.ExecuteAsync(
            "create table public.base as select n as id, n % 3 as part from generate_series(1, 5) n"
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync("insert into public.base select n, n % 3 from generate_series(6, 15) n");
        shop.Write(("models/m.sql", Model(columns)));
        shop.Force = true;

        foreach (var fuse in new[] { false, true })
        {
            shop.FuseTests = fuse;
            Assert.Equal(expected == "Pass 0", await shop.TryPublishAsync());
            Assert.Equal(
                [expected],
                shop.Observer.Results.Where(result => result.Kind == "test")
                    .Select(result => FormattableString.Invariant($"{result.Status} {result.Failures}"))
            );
        }

        static string Model(string columns) =>
            $$$"""
                {{ config(materialized='incremental', unique_key='id', indexes=[{'columns': ['id'], 'unique': true}]) }}
                select {{{columns}}} from public.base {% if is_incremental() %} where id > 3 {% endif %}
                """;
    }

    private static async Task<bool> HoldsAsync(TestDatabase database, UniqueTest test, params BuildDelta[] deltas)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        return await new UniqueProof(new StatementRunner(connection), deltas).HoldsAsync(test, "/* so */ ", Token);
    }

    private static BuildDelta Delta(TestDatabase database, string config)
    {
        var compiled = TestCompiler.Compile(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["dbt_project.yml"] = "name: shop\nversion: '1.0'\n",
                ["models/m.sql"] = $"{{{{ config(materialized='incremental', {config}) }}}} select 1 as a, 2 as b",
            },
            TestCompiler.Target
        );
        var model = compiled.Project!.Graph.Nodes.OfType<ModelNode>().Single();
        return new BuildDelta(
            model,
            new CatalogRelation(Name(database, "live"), 1, RelationKind.Table, []),
            Name(database, "delta"),
            Name(database, "staged")
        );
    }

    private static RelationName Name(TestDatabase database, string identifier) => new(database.Name, "s", identifier);

    private static ImmutableSortedSet<string> Set(string names) =>
        [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
