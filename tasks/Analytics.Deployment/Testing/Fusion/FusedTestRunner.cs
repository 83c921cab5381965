using System.Collections.Immutable;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Planning.Sql;
using Npgsql;

namespace Analytics.Deployment.Testing.Fusion;

/// <summary>Counts for several tests in one scan of each relation.</summary>
/// <param name="runner">The connection.</param>
/// <param name="comment">What each statement begins with.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class FusedTestRunner(StatementRunner runner, string comment, CancellationToken cancellationToken)
{
    private const int CellsOfTest = 3;

    private readonly Dictionary<string, ImmutableArray<object?>> counted = new(StringComparer.Ordinal);

    /// <summary>Counts.</summary>
    /// <param name="tests">The tests.</param>
    /// <returns>
    /// The row of each test that <see cref="DataTestQuery.Count"/> would give, by unique id. A test that is not there runs alone: nobody
    /// shares its scan, its number is another than that of the rows, or the server refused it.
    /// </returns>
    public async Task<IReadOnlyDictionary<string, ImmutableArray<object?>>> CountAsync(
        IReadOnlyCollection<FusibleTest> tests
    )
    {
        try
        {
            var steady = await SteadyAsync(tests).ConfigureAwait(false);
            foreach (var shared in steady.GroupBy(test => test.Row.Relation, StringComparer.Ordinal))
            {
                foreach (var some in shared.Chunk(FusedQuery.MostTests))
                {
                    await CountAsync([.. some]).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or StatementException)
        {
            // The connection is gone or of no use: one by one, each test says what it meets.
            cancellationToken.ThrowIfCancellationRequested();
        }

        return counted;
    }

    // An error in one test is no error of the others: halves are tried until it is alone.
    private async Task CountAsync(ImmutableArray<FusibleTest> tests)
    {
        if (tests.Length < 2)
        {
            return;
        }

        ImmutableArray<ImmutableArray<object?>> rows;
        try
        {
            var query = new FusedQuery(tests).Statement().After(comment);
            rows = await runner.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (StatementException) when (runner.Connection.FullState == System.Data.ConnectionState.Open)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await CountAsync(tests[..(tests.Length / 2)]).ConfigureAwait(false);
            await CountAsync(tests[(tests.Length / 2)..]).ConfigureAwait(false);
            return;
        }

        for (var i = 0; i < tests.Length; i++)
        {
            ImmutableArray<object?> row = [.. rows[0].Skip(CellsOfTest * i).Take(CellsOfTest)];
            if (!tests[i].Row.IsGrouped || row[0] is "0")
            {
                counted.Add(tests[i].Step.Test.UniqueId, row);
            }
        }
    }

    // A function that gives another answer each time would be asked twice of a row that some test finds.
    private async Task<IEnumerable<FusibleTest>> SteadyAsync(IReadOnlyCollection<FusibleTest> tests)
    {
        var called = tests.SelectMany(test => test.Row.Functions).ToImmutableSortedSet(StringComparer.Ordinal);
        if (called.IsEmpty)
        {
            return tests;
        }

        var query = new Statement(
            $"""
            select distinct proname::text from pg_catalog.pg_proc
            where provolatile = 'v' and proname in ({string.Join(", ", called.Select(SqlText.Literal))})
            """
        );
        var rows = await runner.QueryAsync(query.After(comment), cancellationToken).ConfigureAwait(false);
        var unsteady = rows.Select(row => (string)row[0]!).ToHashSet(StringComparer.Ordinal);
        return tests.Where(test => !test.Row.Functions.Overlaps(unsteady));
    }
}
