using System.Collections.Immutable;

namespace Analytics.Deployment.Testing.Uniqueness;

/// <summary>A data test that finds rows of one relation with the same values in some columns.</summary>
/// <param name="Relation">The relation as SQL, every part of its name quoted.</param>
/// <param name="Columns">The columns by which rows are the same, unquoted, each once.</param>
/// <param name="NotNull">Those of whose rows the test leaves out the ones that are NULL.</param>
internal sealed record UniqueTest(
    string Relation,
    ImmutableSortedSet<string> Columns,
    ImmutableSortedSet<string> NotNull
);
