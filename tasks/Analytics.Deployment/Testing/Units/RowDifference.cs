using System.Collections.Immutable;

namespace Analytics.Deployment.Testing.Units;

/// <summary>How the rows that a model gave differ from those that were expected; the order of rows does not count.</summary>
/// <param name="Lines">Expected rows in the order of the test, then those that were not expected.</param>
internal sealed record RowDifference(ImmutableArray<RowLine> Lines)
{
    // Two long lists that have nothing in common are told as such: to find out which rows look alike would take too long.
    private const int MostComparisons = 1_000_000;

    /// <summary>Whether they are the same.</summary>
    public bool IsEmpty => Lines.All(line => line.IsSame);

    /// <summary>Compares.</summary>
    /// <param name="rows">Values as texts, and whose they are in the last one (see <see cref="UnitTestQuery.ActualMark"/>).</param>
    public static RowDifference Of(ImmutableArray<ImmutableArray<object?>> rows)
    {
        var expected = new List<ImmutableArray<string?>>();
        var actual = new List<ImmutableArray<string?>>();
        foreach (var row in rows)
        {
            var cells = row.Take(row.Length - 1).Select(cell => (string?)cell).ToImmutableArray();
            (row[^1] is UnitTestQuery.ActualMark ? actual : expected).Add(cells);
        }

        // A row that stands twice must be there twice.
        var left = new Dictionary<ImmutableArray<string?>, Queue<int>>(RowComparer.Instance);
        for (var i = 0; i < actual.Count; i++)
        {
            if (!left.TryGetValue(actual[i], out var places))
            {
                left.Add(actual[i], places = new Queue<int>());
            }

            places.Enqueue(i);
        }

        var found = new int?[expected.Count];
        var isTaken = new bool[actual.Count];
        for (var i = 0; i < expected.Count; i++)
        {
            if (left.TryGetValue(expected[i], out var places) && places.TryDequeue(out var place))
            {
                found[i] = place;
                isTaken[place] = true;
            }
        }

        Pair(expected, actual, found, isTaken);
        return new RowDifference([
            .. expected.Select((row, i) => new RowLine(row, found[i] is { } place ? actual[place] : null)),
            .. actual.Where((_, i) => !isTaken[i]).Select(row => new RowLine(null, row)),
        ]);
    }

    // A row that differs in some values is told as one row: with the unexpected row that has most in common with it.
    private static void Pair(
        List<ImmutableArray<string?>> expected,
        List<ImmutableArray<string?>> actual,
        int?[] found,
        bool[] isTaken
    )
    {
        var missing = Enumerable.Range(0, expected.Count).Where(i => found[i] is null).ToList();
        var added = Enumerable.Range(0, actual.Count).Where(i => !isTaken[i]).ToList();
        if ((long)missing.Count * added.Count > MostComparisons)
        {
            return;
        }

        foreach (var row in missing)
        {
            var best = -1;
            var most = 0;
            foreach (var candidate in added.Where(candidate => !isTaken[candidate]))
            {
                var common = expected[row].Zip(actual[candidate]).Count(pair => pair.First == pair.Second);
                if (common > most)
                {
                    (best, most) = (candidate, common);
                }
            }

            if (best >= 0)
            {
                found[row] = best;
                isTaken[best] = true;
            }
        }
    }

    private sealed class RowComparer : IEqualityComparer<ImmutableArray<string?>>
    {
        public static RowComparer Instance { get; } = new();

        public bool Equals(ImmutableArray<string?> x, ImmutableArray<string?> y) =>
            x.AsSpan().SequenceEqual(y.AsSpan());

        public int GetHashCode(ImmutableArray<string?> row)
        {
            var hash = new HashCode();
            foreach (var cell in row)
            {
                hash.Add(cell, StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}

/// <summary>One row of a comparison.</summary>
/// <param name="Expected">What was expected; null for a row that was not.</param>
/// <param name="Actual">What the model gave; null where it did not.</param>
internal sealed record RowLine(ImmutableArray<string?>? Expected, ImmutableArray<string?>? Actual)
{
    /// <summary>Whether it was expected and is there.</summary>
    public bool IsSame =>
        Expected is { } expected && Actual is { } actual && expected.AsSpan().SequenceEqual(actual.AsSpan());
}
