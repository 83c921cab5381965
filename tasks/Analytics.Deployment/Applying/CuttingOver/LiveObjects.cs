using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning.Catalog;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>What an attempt found live: it is read before the locks, to know what to lock, and once more when they are held.</summary>
/// <param name="Dependents">What depends on the relations that are replaced.</param>
/// <param name="Staying">Views that get another query and stay what they are, of those that exist.</param>
/// <param name="States">The relations of the nodes and of the dependents that exist, by name.</param>
internal sealed record LiveObjects(
    DependentObjects Dependents,
    ImmutableDictionary<RelationName, StayingView> Staying,
    ImmutableDictionary<RelationName, RelationState> States
)
{
    /// <summary>Foreign keys that lead to what is dropped.</summary>
    public required ImmutableArray<ForeignKey> Keys { get; init; }

    /// <summary>Who owns a relation; null when it is not there any more.</summary>
    public string? OwnerOf(RelationName relation) =>
        States.TryGetValue(relation, out var state) ? state.Owner : Staying.GetValueOrDefault(relation)?.Owner;

    /// <summary>
    /// Whether the same relations are there in the same versions and the same views depend on them. Privileges and comments are not
    /// compared: no lock of ours depends on them, and it is the later reading that is carried over.
    /// </summary>
    public bool IsStill(LiveObjects earlier) =>
        Dependents.Views.Select(view => view.Oid).SequenceEqual(earlier.Dependents.Views.Select(view => view.Oid))
        && Staying.Count == earlier.Staying.Count
        && Staying.Keys.All(earlier.Staying.ContainsKey)
        && Keys.Select(key => key.Oid).SequenceEqual(earlier.Keys.Select(key => key.Oid))
        && States.Count == earlier.States.Count
        && States.All(entry =>
            earlier.States.TryGetValue(entry.Key, out var state) && state.Version == entry.Value.Version
        );
}

/// <summary>A view that gets another query and stays what it is.</summary>
/// <param name="Owner">Its owner.</param>
/// <param name="HasOptions">Whether it has options, which <c>create or replace</c> takes away.</param>
internal sealed record StayingView(string Owner, bool HasOptions);
