using System.Globalization;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Faults;

/// <summary>
/// A project of one relation of each kind, all of which say the number of the publish that made them: whoever reads two numbers has seen
/// a half of a publish.
/// </summary>
/// <param name="database">Where it is published to.</param>
/// <param name="schema">The target's schema.</param>
internal sealed class NumberedWarehouse(TestDatabase database, string schema)
{
    // How long a server is given to come back after a crash, in turns of a tenth of a second.
    private const int Patience = 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // What did not pass its test shows as -1.
    private string Everything =>
        $"""
            select (select n from {schema}.codes), (select case when red then -1 else n end from {schema}.base),
              (select n from {schema}.shown), (select n from {schema}.leaf), (select max(n) from {schema}.grows),
              (select n from {schema}.hist where dbt_valid_to is null), (select n from {schema}.kept),
              (select n from bi.report), (select n from bi.stored)
            """;

    /// <summary>The project's files; the number is in every text, so that no relation stays what it was.</summary>
    public static (string Path, string Text)[] Project(int number, bool isRed = false, string last = "")
    {
        var n = number.ToString(CultureInfo.InvariantCulture);
        var red = isRed ? "true" : "false";
        return
        [
            ("seeds/codes.csv", $"n\n{n}\n"),
            (
                "models/base.sql",
                $"{{{{ config(materialized='table', indexes=[{{'columns': ['n'], 'unique': true}}]) }}}} select n, {red} as red from {{{{ ref('codes') }}}}"
            ),
            ("models/shown.sql", $"select n from {{{{ ref('base') }}}} where n = {n}"),
            ("models/leaf.sql", $"select n from {{{{ ref('shown') }}}} where n = {n}"),
            (
                "models/grows.sql",
                "{{ config(materialized='incremental', unique_key='n', post_hook='select count(*) from {{ this }}') }} select n, pg_sleep(0.02)::text as slept from {{ ref('shown') }}"
            ),
            (
                "models/kept.sql",
                $"{{{{ config(materialized='materialized_view') }}}} select max(n) as n from {{{{ ref('grows') }}}} {last}"
            ),
            (
                "snapshots/hist.sql",
                "{% snapshot hist %}{{ config(unique_key='id', strategy='check', check_cols=['n']) }} select 1 as id, n from {{ ref('base') }}{% endsnapshot %}"
            ),
            (
                "tests/one.sql",
                $"select * from {{{{ ref('grows') }}}} where n > {n} + (select pg_sleep(0.02) is null)::int"
            ),
            ("tests/calm.sql", "select * from {{ ref('base') }} where red"),
        ];
    }

    /// <summary>What somebody else built on it.</summary>
    public Task AddViewsOfOthersAsync() =>
        database.ExecuteAsync(
            $"create schema bi; create view bi.report as select n from {schema}.leaf; create materialized view bi.stored as select n from {schema}.base",
            Token
        );

    /// <summary>The number of each relation, asked in one statement; while the server is away it is waited for.</summary>
    public async Task<int[]> LiveAsync()
    {
        var row = Assert.Single(await QueryAsync(Everything));
        return [.. row.Split('|').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
    }

    /// <summary>All relations are of one publish.</summary>
    public async Task ShouldBeAsync(int number, string after)
    {
        var live = await LiveAsync();
        Assert.True(
            live.All(found => found == number),
            $"{after}: {number} was expected, but it is {string.Join(' ', live)}"
        );
    }

    /// <summary>Nothing but the warehouse is there.</summary>
    public async Task ShouldBeCleanAsync()
    {
        Assert.Equal(
            ["base", "codes", "grows", "hist", "kept", "leaf", "shown"],
            await QueryAsync(
                $"select relname from pg_class where relnamespace = '{schema}'::regnamespace and relkind <> 'i' order by 1"
            )
        );
        Assert.Equal(
            ["7"],
            await QueryAsync($"select count(*)::text from {schema}__state.relations where relation_schema = '{schema}'")
        );
        Assert.Equal([schema, $"{schema}__state"], (await SchemasAsync()).Except(["bi"]));
        await ShouldHoldNoLockAsync();
    }

    /// <summary>All schemas that somebody made.</summary>
    public Task<IReadOnlyList<string>> SchemasAsync() =>
        QueryAsync(
            "select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('public', 'information_schema') order by 1"
        );

    /// <summary>No session holds the lock of a publish; a server ends a closed connection in its own time.</summary>
    public async Task ShouldHoldNoLockAsync()
    {
        const string Locks =
            "select count(*)::text from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())";
        for (var attempt = 0; (await QueryAsync(Locks))[0] != "0"; attempt++)
        {
            Assert.True(attempt < 100, "a lock of the publish is held although it has ended");
            await Task.Delay(100, Token);
        }
    }

    /// <summary>Reads until it is stopped; an error of a statement, or two numbers in one answer, ends it.</summary>
    /// <returns>How often it looked.</returns>
    public async Task<int> ReadAsync(CancellationToken stop)
    {
        var seen = 0;
        while (!stop.IsCancellationRequested)
        {
            var live = await LiveAsync();
            Assert.True(live[0] >= 0 && live.Distinct().Count() == 1, $"a reader saw {string.Join(' ', live)}");
            seen++;
        }

        return seen;
    }

    private async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.QueryAsync(sql, Token);
            }
            catch (NpgsqlException exception) when (IsAway(exception) && attempt < Patience)
            {
                await Task.Delay(100, Token);
            }
        }
    }

    // Of what the server says itself only that it goes or comes: a relation that is missing is what is looked for.
    private static bool IsAway(NpgsqlException exception) =>
        exception is not PostgresException error || error.SqlState.StartsWith("57P", StringComparison.Ordinal);
}
