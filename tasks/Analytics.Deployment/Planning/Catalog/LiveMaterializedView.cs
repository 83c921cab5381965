using System.Collections.Immutable;

namespace Analytics.Deployment.Planning.Catalog;

/// <summary>What is known of a materialized view that an earlier publish made and nobody changed since.</summary>
/// <param name="IsAsMade">Whether its definition is what the project says now.</param>
/// <param name="Indexes">The names of its indexes.</param>
internal sealed record LiveMaterializedView(bool IsAsMade, ImmutableHashSet<string> Indexes);
