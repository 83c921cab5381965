using System.Collections.Immutable;
using Analytics.Compiler.Resolving;

namespace Analytics.Deployment.Planning.Fingerprints;

/// <summary>What earlier publishes noted of the relations they made.</summary>
/// <param name="Fingerprints">
/// The fingerprint each relation was made with, of those only that are still the very objects that were made: nobody has
/// dropped, replaced or altered them since.
/// </param>
internal sealed record PublishedState(ImmutableDictionary<RelationName, string> Fingerprints)
{
    /// <summary>The same of functions.</summary>
    public ImmutableDictionary<RelationName, string> Functions { get; init; } =
        ImmutableDictionary<RelationName, string>.Empty;

    /// <summary>Nothing was noted.</summary>
    public static PublishedState Empty { get; } = new(ImmutableDictionary<RelationName, string>.Empty);
}
