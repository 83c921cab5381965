using System.Collections.Immutable;

namespace Analytics.Deployment.Diagnosing;

/// <summary>What a look at a target asks for.</summary>
public sealed record DiagnosisRequest : TargetRequest;

/// <summary>What a look at a target gave.</summary>
/// <param name="Succeeded">Whether the project compiles for the target, and the target answers.</param>
/// <param name="Facts">What is so, in the order in which people look for a mistake; empty when nothing was connected.</param>
public sealed record DiagnosisReport(bool Succeeded, ImmutableArray<TargetFact> Facts);

/// <summary>Something that is so of a target.</summary>
/// <param name="Name">What, for example <c>server version</c>.</param>
/// <param name="Value">Its value for people; never a secret.</param>
public sealed record TargetFact(string Name, string Value);
