using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Capture;

/// <summary>What the first pass over a template learned: nothing of it depends on other nodes.</summary>
/// <param name="Template">The parsed template.</param>
/// <param name="Refs">In the order of the calls.</param>
/// <param name="Sources">In the order of the calls.</param>
/// <param name="Configs">In the order of the calls and of their arguments.</param>
internal sealed record CapturedTemplate(
    Template Template,
    ImmutableArray<RefCall> Refs,
    ImmutableArray<SourceCall> Sources,
    ImmutableArray<ConfigEntry> Configs
)
{
    /// <summary>Calls of <c>function</c>, in their order.</summary>
    public ImmutableArray<FunctionCall> Functions { get; init; } = [];
}
